# What R CMD INSTALL copies: the Rcpp glue, and in a checkout the native library that was built along with it.
target <- file.path(R_PACKAGE_DIR, paste0("libs", R_ARCH))
dir.create(target, recursive = TRUE, showWarnings = FALSE)
file.copy(Sys.glob(paste0("*", SHLIB_EXT)), target, overwrite = TRUE)
if (file.exists("symbols.rds")) file.copy("symbols.rds", target, overwrite = TRUE)

built <- file.path("..", "build", "r", "out")
if (dir.exists(built)) {
  native <- file.path(R_PACKAGE_DIR, "native")
  dir.create(native, showWarnings = FALSE)
  file.copy(list.files(built, full.names = TRUE), native, overwrite = TRUE)
}

# What R CMD INSTALL starts from here on, to prepare and to try the package, calls nothing native: libtorch stays unloaded.
Sys.setenv(TORCH_LOAD = "0", TORCH_VERIFY_LOAD = "FALSE")
