
# What finds, checks, installs and loads the native library. `tx$package` says whose: the name of R's package, and that of the
# library, which is in lower case.
base::evalq(envir = tx, {
  state <- base::new.env(parent = baseenv())

  # Loads the native library, or keeps why it cannot be loaded, which each call says then. Never stops. R CMD INSTALL, which
  # loads the package twice to see whether it can be, has no use for what takes seconds and decides nothing.
  start <- function() {
    if (identical(Sys.getenv("R_PACKAGE_NAME"), package$package)) return(invisible(NULL))
    problem <- tryCatch(
      {
        state$built <- build_source()
        is_refused <- identical(names(state$built), "refused")
        found <- if (is_refused) base::list(problem = says("is not up to date: ", state$built)) else find_native()
        if (is.null(found$problem)) {
          state$path <- normalizePath(file.path(found$folder, library_name()))
          package$load(state$path)
        }
        found$problem
      },
      error = function(e) says("could not be loaded", ": ", conditionMessage(e), remedy())
    )
    state$problem <- problem
    if (!is.null(problem)) package$link(enc2utf8(problem))
    invisible(problem)
  }

  stop_native <- function() if (!is.null(state$path)) package$unload(state$path)

  # In a package's own folder, where devtools::load_all() loads it from, the library is brought up to date first.
  build_source <- function() {
    root <- getNamespaceInfo(asNamespace(package$package), "path")
    script <- file.path(root, "lib", "r", "build.R")
    if (!file.exists(script)) return(NULL)
    builder <- base::new.env(parent = baseenv())
    sys.source(script, builder)
    builder$build_native(root)
  }

  # `library()` says what is missing, and goes on.
  attach_message <- function() if (!is.null(state$problem)) packageStartupMessage(state$problem)

  is_installed <- function() is.null(find_native()$problem)

  # Where the library is looked for: in the folder that <PKG>_HOME names and nowhere else; else in what devtools::load_all()
  # builds, in what R CMD INSTALL built in a checkout, in what install_<pkg>() installed. The first that fits is taken.
  find_native <- function() {
    if (!torch::torch_is_installed()) {
      remedy <- "Run torch::install_torch(), then start R again."
      return(base::list(problem = paste0("The native part of ", package$package, " needs that of torch, which is not installed. ", remedy)))
    }
    named <- Sys.getenv(variable("HOME"))
    root <- getNamespaceInfo(asNamespace(package$package), "path")
    source <- file.path(root, "build", "r", "out")
    folders <- if (nzchar(named)) named else c(source, file.path(root, "native"), installed_folder())
    folders <- folders[file.exists(file.path(folders, library_name()))]
    problems <- base::list()
    for (folder in folders) {
      problem <- problem_with(folder, identical(folder, source))
      if (is.null(problem)) return(base::list(folder = folder, problem = NULL))
      problems <- c(problems, problem)
    }
    if (length(problems) > 0L) return(base::list(problem = problems[[1L]]))
    if (nzchar(named)) {
      why <- paste0("is not in the folder that ", variable("HOME"), " names, ", named)
      return(base::list(problem = says(why, remedy())))
    }
    is_source <- file.exists(file.path(root, "csrc", "CMakeLists.txt"))
    how <- if (is_source) paste0(": ", c(state$built, source_remedy)[[1L]]) else remedy()
    base::list(problem = says(if (is_source) "is not built" else "is not installed", how))
  }

  source_remedy <- "build it by cmake -S csrc -B build/r -DTX_HOST=r && cmake --build build/r"

  # Why the library in a folder does not fit, or NULL. Nothing of it is loaded before that is known.
  problem_with <- function(folder, is_source) {
    built <- read_record(file.path(folder, paste0(package$name, ".json")))
    again <- if (is_source) paste0(": ", source_remedy) else remedy(TRUE)
    if (is.null(built)) return(says("is not whole: ", package$name, ".json is missing in ", folder, again))
    if (!identical(built[["interface"]], package$interface)) {
      return(says("was built of other C++ signatures than this version of the package (in ", folder, ")", again))
    }
    here <- torch_here()
    if (!identical(built[["types"]], here$types)) {
      return(says("was built for torch ", built[["torch"]], ", and torch ", here$torch,
                  " lays out its values in another way (lantern/types.h)", again))
    }
    if (!same_version(built[["libtorch"]], here$libtorch)) {
      return(says("was built for libtorch ", built[["libtorch"]], ", and torch loads libtorch ", here$libtorch,
                  " (in ", here$home, ")", again))
    }
    if (nzchar(built[["cuda"]]) && !same_cuda(built[["cuda"]], here$cuda)) {
      has <- if (nzchar(here$cuda)) paste0("torch has CUDA ", here$cuda) else "torch has no CUDA"
      return(says("was built for CUDA ", built[["cuda"]], ", and ", has, again))
    }
    NULL
  }

  says <- function(...) paste0("The native part of ", package$package, " ", ...)

  remedy <- function(again = FALSE) {
    paste0(". Run ", package$package, "::install_", package$name, "(", if (again) "reinstall = TRUE", ").")
  }

  variable <- function(what) paste0(toupper(package$name), "_", what)

  library_name <- function() {
    if (.Platform$OS.type == "windows") return(paste0(package$name, ".dll"))
    paste0("lib", package$name, if (Sys.info()[["sysname"]] == "Darwin") ".dylib" else ".so")
  }

  # The JSON that the build writes beside the library: flat, a line for each entry. NULL where it cannot be read.
  read_record <- function(file) {
    lines <- if (file.exists(file)) readLines(file, warn = FALSE, encoding = "UTF-8")
    pattern <- "^ *\"([A-Za-z]+)\": \"(.*)\",?$"
    lines <- grep(pattern, lines, value = TRUE)
    entries <- sub(pattern, "\\2", lines)
    names(entries) <- sub(pattern, "\\1", lines)
    wanted <- c("interface", "torch", "types", "libtorch", "cuda")
    if (all(wanted %in% names(entries))) entries else NULL
  }

  # The torch of this session: its version, the hash of its lantern/types.h, and the libtorch that it loads.
  torch_here <- function() {
    home <- torch::torch_install_path()
    types <- system.file("include", "lantern", "types.h", package = "torch")
    base::list(
      torch = as.character(utils::packageVersion("torch")),
      types = if (nzchar(types)) unname(tools::md5sum(types)) else "",
      home = home,
      libtorch = libtorch_version(home),
      cuda = cuda_version(home)
    )
  }

  torch_library <- function(home, name) {
    files <- c(file.path("lib", paste0("lib", name, c(".so", ".dylib"))), file.path("lib64", paste0("lib", name, ".so")),
               file.path(c("lib", "bin"), paste0(name, ".dll")))
    files <- file.path(home, files)
    files[file.exists(files)]
  }

  # libtorch exports no version: version.h beside the library that is loaded has it, else R's torch, in two numbers.
  libtorch_version <- function(home) {
    libraries <- normalizePath(torch_library(home, "torch_cpu"))
    prefixes <- c(home, dirname(dirname(libraries)), dirname(dirname(dirname(libraries))))
    headers <- file.path(prefixes, "include", "torch", "csrc", "api", "include", "torch", "version.h")
    for (header in headers[file.exists(headers)]) {
      text <- readLines(header, warn = FALSE)
      numbers <- vapply(c("MAJOR", "MINOR", "PATCH"), function(part) {
        pattern <- paste0("^ *# *define +TORCH_VERSION_", part, " +([0-9]+).*$")
        sub(pattern, "\\1", c(grep(pattern, text, value = TRUE), ""))[[1L]]
      }, "")
      if (all(nzchar(numbers))) return(paste(numbers, collapse = "."))
    }
    known <- get0("torch_version", asNamespace("torch"), inherits = FALSE)
    if (is.character(known)) sub("^([0-9]+[.][0-9]+).*$", "\\1", known[[1L]]) else ""
  }

  # Versions agree in as many numbers as both have; what is not known forbids nothing.
  same_version <- function(a, b) {
    a <- strsplit(a, ".", fixed = TRUE)[[1L]]
    b <- strsplit(b, ".", fixed = TRUE)[[1L]]
    n <- min(length(a), length(b))
    identical(a[seq_len(n)], b[seq_len(n)])
  }

  # "11.7", "unknown", or "" for a torch without CUDA.
  cuda_version <- function(home) {
    if (length(torch_library(home, "torch_cuda")) == 0L) return("")
    file <- file.path(home, "build-version")
    text <- if (file.exists(file)) readLines(file, n = 1L, warn = FALSE) else ""
    if (!grepl("[+]cu[0-9]+", text)) return("unknown")
    digits <- sub("^.*[+]cu([0-9]+).*$", "\\1", text)
    paste0(substr(digits, 1L, nchar(digits) - 1L), ".", substring(digits, nchar(digits)))
  }

  same_cuda <- function(built, here) {
    short <- function(version) paste(utils::head(strsplit(version, ".", fixed = TRUE)[[1L]], 2L), collapse = ".")
    identical(here, "unknown") || identical(short(built), short(here))
  }

  # The name of a release's library as torch names its own: myext-0.1.0+cpu+x86_64-Linux.
  release_name <- function() {
    cuda <- cuda_version(torch::torch_install_path())
    kind <- if (cuda %in% c("", "unknown")) "cpu" else paste0("cu", gsub(".", "", cuda, fixed = TRUE))
    system <- Sys.info()
    platform <- if (.Platform$OS.type == "windows") "-win64" else paste0("+", system[["machine"]], "-", system[["sysname"]])
    paste0(package$name, "-", getNamespaceVersion(package$package), "+", kind, platform)
  }

  installed_folder <- function() {
    named <- Sys.getenv(variable("HOME"))
    if (nzchar(named)) named else file.path(tools::R_user_dir(package$package, "data"), release_name())
  }

  # Where releases are: <PKG>_URL, else what DESCRIPTION says.
  release_place <- function() {
    named <- Sys.getenv(variable("URL"))
    if (nzchar(named)) return(named)
    fields <- utils::packageDescription(package$package)
    urls <- trimws(strsplit(c(fields$URL, "")[[1L]], ",", fixed = TRUE)[[1L]])
    repository <- grep("^https://github[.]com/[^/]+/[^/]+/?$", urls, value = TRUE)
    if (length(repository) == 0L) {
      stop("No release of ", package$name, " is known: DESCRIPTION names no GitHub repository in its field URL. Give a URL, a ",
           "zip or a folder: install_", package$name, "(from = ), or the variable ", variable("URL"), ".", call. = FALSE)
    }
    name <- utils::URLencode(paste0(release_name(), ".zip"), reserved = TRUE)
    paste0(sub("/$", "", repository[[1L]]), "/releases/download/v", getNamespaceVersion(package$package), "/", name)
  }

  # install_<pkg>(): puts the library where it is found, and loads it.
  install <- function(from, reinstall, checksum) {
    if (!torch::torch_is_installed()) {
      stop("torch itself is not installed: run torch::install_torch(), start R again, then install_", package$name, "().", call. = FALSE)
    }
    if (!reinstall && is.null(from) && is_installed()) return(invisible(find_native()$folder))
    if (is.null(from)) from <- release_place()
    staged <- tempfile(package$name)
    dir.create(staged)
    on.exit(unlink(staged, recursive = TRUE), add = TRUE)
    folder <- fetch(from, staged, checksum)
    problem <- problem_with(folder, FALSE)
    if (!is.null(problem)) {
      problem <- sub("[.] Run [^ ]*$", "", problem)
      stop(problem, ". It was not installed; it came from ", from, ".", call. = FALSE)
    }
    target <- installed_folder()
    # Windows replaces no file that is loaded.
    stop_native()
    dir.create(target, recursive = TRUE, showWarnings = FALSE)
    done <- file.copy(list.files(folder, full.names = TRUE), target, overwrite = TRUE, recursive = TRUE)
    if (!all(done)) stop("The library could not be copied to ", target, ".", call. = FALSE)
    problem <- start()
    if (!is.null(problem)) stop(problem, call. = FALSE)
    invisible(target)
  }

  # The folder of the library, from a URL, a zip or a folder.
  fetch <- function(from, staged, checksum) {
    if (grepl("^(https?|ftp|file)://", from)) from <- download(from, staged, if (is.null(checksum)) TRUE else checksum)
    else if (is.character(checksum)) verify(from, checksum)
    else if (is.null(checksum) && file.exists(paste0(from, ".sha256"))) verify(from, read_checksum(paste0(from, ".sha256")))
    if (!file.exists(from)) stop("There is no ", from, ".", call. = FALSE)
    if (!dir.exists(from)) {
      files <- tryCatch(utils::unzip(from, exdir = file.path(staged, "unzipped")), warning = function(w) character())
      if (length(files) == 0L) stop(from, " is no zip, or a broken one.", call. = FALSE)
      from <- file.path(staged, "unzipped")
    }
    found <- list.files(from, paste0("^", library_name(), "$"), recursive = TRUE, full.names = TRUE)
    if (length(found) == 0L) stop("There is no ", library_name(), " in ", from, ".", call. = FALSE)
    dirname(found[[1L]])
  }

  # `checksum`: TRUE for the one beside it, FALSE for none, or the SHA-256 itself.
  download <- function(url, staged, checksum) {
    if (nzchar(Sys.getenv("_R_CHECK_PACKAGE_NAME_"))) {
      stop("Nothing is downloaded while R CMD check runs.", call. = FALSE)
    }
    wait <- options(timeout = max(600, getOption("timeout")))
    on.exit(options(wait), add = TRUE)
    get <- function(address, file) {
      code <- tryCatch(utils::download.file(address, file, mode = "wb", quiet = !interactive()),
                       error = function(e) 1L, warning = function(w) 1L)
      if (code != 0L) stop("Nothing could be downloaded from ", address, ".", call. = FALSE)
      file
    }
    file <- get(url, file.path(staged, "download.zip"))
    if (isTRUE(checksum)) checksum <- read_checksum(get(paste0(url, ".sha256"), file.path(staged, "download.sha256")))
    if (is.character(checksum)) verify(file, checksum)
    file
  }

  read_checksum <- function(file) sub("[ \t].*$", "", c(readLines(file, n = 1L, warn = FALSE), "")[[1L]])

  verify <- function(file, checksum) {
    # R itself has SHA-256 from 4.5 on; cli, which torch imports, has it everywhere.
    found <- cli::hash_file_sha256(file)
    if (!identical(tolower(checksum), found)) {
      stop("The SHA-256 checksum of ", basename(file), " is ", found, ", and should be ", checksum, ": it is broken, or another file.", call. = FALSE)
    }
  }
})
