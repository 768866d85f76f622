# Builds csrc/ into build/r where that is out of date, when R compiles or loads the package in its own folder: src/Makevars
# runs `Rscript lib/r/build.R`, devtools::load_all() calls build_native(). No part of a package that was built for others.

# NULL where the library is up to date now, else why it is not, named "missing" (something of the machine) or "refused".
build_native <- function(root) {
  # R CMD build works on a copy, which leaves this part out.
  if (grepl("^Rbuild", basename(dirname(root))) || !file.exists(file.path(root, "csrc", "CMakeLists.txt"))) return(NULL)
  cmake <- Sys.which("cmake")
  if (!nzchar(cmake)) return(c(missing = "install CMake, then load the package again."))
  torch <- system.file(package = "torch")
  home <- Sys.getenv("TORCH_HOME", torch)
  libraries <- list.files(file.path(home, c("lib", "lib64", "bin")), "torch_cpu[.](so|dylib|dll)$")
  if (!nzchar(torch) || length(libraries) == 0L) return(c(missing = "run torch::install_torch(), start R again, then load the package."))

  folder <- file.path(root, "build", "r")
  cache <- file.path(folder, "CMakeCache.txt")
  settings <- if (file.exists(cache)) readLines(cache, warn = FALSE) else character()
  # A package that moved, or another torch: what was configured is of no use.
  differs <- function(name, place) {
    was <- sub("^[^=]*=", "", grep(paste0("^", name, ":"), settings, value = TRUE))
    length(was) > 0L && !identical(normalizePath(was[[1L]], mustWork = FALSE), normalizePath(place))
  }
  if (differs("CMAKE_HOME_DIRECTORY", file.path(root, "csrc")) || differs("TX_R_TORCH_DIR", torch)) {
    unlink(file.path(folder, c("CMakeCache.txt", "CMakeFiles", "build.ninja", "torch-extension-build.json")), recursive = TRUE)
  }
  # R's make leaves its options in the environment, which a make of CMake's would take for its own.
  kept <- Sys.getenv(c("MAKEFLAGS", "MFLAGS", "MAKELEVEL"), NA)
  Sys.unsetenv(names(kept))
  on.exit(if (any(!is.na(kept))) do.call(Sys.setenv, as.list(kept[!is.na(kept)])))

  failed <- function(arguments, quiet) {
    output <- suppressWarnings(system2(cmake, shQuote(arguments), stdout = if (quiet) TRUE else "", stderr = if (quiet) TRUE else ""))
    status <- if (quiet) attr(output, "status") else output
    if (quiet && !is.null(status)) writeLines(output)
    !is.null(status) && status != 0L
  }
  if (!any(file.exists(file.path(folder, c("build.ninja", "Makefile"))))) {
    generator <- if (nzchar(Sys.which("ninja")) && !file.exists(cache)) c("-G", "Ninja")
    choices <- c("-DTX_HOST=r", paste0("-DTX_R_TORCH_DIR=", torch))
    message("Building csrc into build/r")
    if (failed(c("-S", file.path(root, "csrc"), "-B", folder, generator, choices), TRUE)) {
      return(c(refused = "CMake could not configure the build of csrc; what it said stands above."))
    }
  }
  jobs <- max(1L, parallel::detectCores(), na.rm = TRUE)
  if (failed(c("--build", folder, "--config", "Release", "--parallel", jobs), TRUE)) {
    return(c(refused = "the compiler refused csrc; what it said stands above."))
  }
  NULL
}

if (sys.nframe() == 0L) {
  file <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[[1L]])
  problem <- build_native(dirname(dirname(dirname(normalizePath(file)))))
  if (!is.null(problem)) message("The native part is not built: ", problem)
  # What the compiler refuses ends the installation; what is missing from the machine does not.
  if (identical(names(problem), "refused")) quit(status = 1L)
}
