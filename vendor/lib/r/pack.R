# Rscript lib/r/pack.R: the native library in build/r as the zip that install_<pkg>() fetches from a release, in build/release,
# with its SHA-256 beside it. The package has to be installed (R CMD INSTALL .), since it knows the name of its zip.
file <- sub("^--file=", "", grep("^--file=", commandArgs(), value = TRUE)[[1L]])
root <- dirname(dirname(dirname(normalizePath(file))))
package <- read.dcf(file.path(root, "DESCRIPTION"), "Package")[[1L]]
built <- file.path(root, "build", "r", "out")
if (!dir.exists(built)) stop("There is nothing in build/r: run Rscript lib/r/build.R first.", call. = FALSE)

folder <- file.path(root, "build", "release")
dir.create(folder, recursive = TRUE, showWarnings = FALSE)
zip <- file.path(folder, paste0(getNamespace(package)$tx$release_name(), ".zip"))
unlink(zip)
setwd(built)
if (utils::zip(zip, list.files("."), flags = "-q9X") != 0L) stop("The program zip failed.", call. = FALSE)
writeLines(paste0(cli::hash_file_sha256(zip), "  ", basename(zip)), paste0(zip, ".sha256"))
message("Packed ", zip)
