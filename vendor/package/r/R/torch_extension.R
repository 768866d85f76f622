# nolint start
# nocov start

# Checks the arguments of the functions in R/generated.R, and loads the native library. This file is the same in every package:
# `torch-extension upgrade` refreshes it. Its functions call base R by name, whatever the package defines.
tx <- base::new.env(parent = base::baseenv())

base::evalq(envir = tx, {
  # Each is called with a value, the function and the argument it was given for; it returns the value, or stops.
  refuse <- function(x, fun, arg, expected) {
    stop(fun, "(): `", arg, "` must be ", expected, ", not ", describe(x), call. = FALSE)
  }

  describe <- function(x) {
    if (is.null(x)) return("NULL")
    if (is.list(x) && !is.object(x)) return(paste0("a list of length ", length(x)))
    if (!is.atomic(x) || is.object(x)) return(paste0("an object of class ", class(x)[[1L]]))
    if (length(x) != 1L) return(paste0("a ", mode(x), " vector of length ", length(x)))
    if (is.na(x)) return(if (is.nan(x)) "NaN" else "NA")
    if (is.character(x)) encodeString(x, quote = "\"") else format(x, digits = 15L)
  }

  within <- function(arg, i) paste0(arg, "[[", i, "]]")

  instance <- function(class, expected) {
    function(x, fun, arg) if (inherits(x, class)) x else refuse(x, fun, arg, expected)
  }

  is_integer64 <- function(x) is.double(x) && inherits(x, "integer64")

  # The numbers in bit64's integer64, whose bits lie in doubles; NA for its NA.
  integer64_numbers <- function(x) {
    bytes <- writeBin(as.double(unclass(x)), raw(), endian = "little")
    halves <- as.double(readBin(bytes, "integer", 2L * length(x), endian = "little"))
    halves[is.na(halves)] <- -2147483648
    low <- halves[c(TRUE, FALSE)] %% 4294967296
    high <- halves[c(FALSE, TRUE)]
    numbers <- high * 4294967296 + low
    numbers[high == -2147483648 & low == 0] <- NA
    numbers
  }

  # An integer64 of the text of its digits, without bit64.
  integer64 <- function(digits) {
    negative <- startsWith(digits, "-")
    bytes <- integer(8L)
    for (digit in as.integer(strsplit(sub("^-", "", digits), "")[[1L]])) {
      carry <- digit
      for (i in 1:8) {
        carry <- carry + bytes[[i]] * 10L
        bytes[[i]] <- carry %% 256L
        carry <- carry %/% 256L
      }
    }
    if (negative) {
      carry <- 1L
      for (i in 1:8) {
        carry <- carry + 255L - bytes[[i]]
        bytes[[i]] <- carry %% 256L
        carry <- carry %/% 256L
      }
    }
    structure(readBin(as.raw(bytes), "double", endian = "little"), class = "integer64")
  }

  plain_number <- function(x) (is.numeric(x) || is_integer64(x)) && (!is.object(x) || is_integer64(x))

  whole <- function(x) all(is.finite(x)) && all(x == floor(x)) && all(abs(x) <= 9007199254740992)

  int64 <- function(x, fun, arg) {
    numbers <- if (is_integer64(x)) integer64_numbers(x) else x
    if (!plain_number(x) || length(x) != 1L || is.na(numbers)) refuse(numbers, fun, arg, "one whole number")
    if (!is_integer64(x) && !whole(x)) {
      larger <- is.finite(x) && x == floor(x)
      refuse(x, fun, arg, if (larger) "a whole number up to 2^53, or bit64's integer64" else "one whole number")
    }
    x
  }

  int32 <- function(x, fun, arg) {
    x <- int64(x, fun, arg)
    if (is_integer64(x)) x <- integer64_numbers(x)
    if (abs(x + 0.5) > 2147483648) refuse(x, fun, arg, "a whole number of at most 32 bits")
    x
  }

  double <- function(x, fun, arg) {
    if (is_integer64(x)) x <- as.double(integer64_numbers(int64(x, fun, arg)))
    if (!plain_number(x) || length(x) != 1L || (is.na(x) && !is.nan(x))) refuse(x, fun, arg, "one number")
    as.double(x)
  }

  bool <- function(x, fun, arg) {
    if (!is.logical(x) || length(x) != 1L || is.na(x)) refuse(x, fun, arg, "TRUE or FALSE")
    x
  }

  string <- function(x, fun, arg) {
    if (!is.character(x) || length(x) != 1L || is.na(x)) refuse(x, fun, arg, "one string")
    enc2utf8(x)
  }

  scalar <- function(x, fun, arg) {
    if (is_integer64(x)) x <- integer64_numbers(int64(x, fun, arg))
    fits <- (plain_number(x) || is.logical(x) || (is.complex(x) && !is.object(x))) && length(x) == 1L
    if (!fits || (is.na(x) && !is.nan(x))) refuse(x, fun, arg, "one number, real or complex, TRUE or FALSE")
    x
  }

  # A vector, of which each element passes `one`; a list of such elements becomes one. `limit` is that of whole numbers.
  vector_of <- function(mode, one, expected, limit = NULL) {
    function(x, fun, arg) {
      if (is_integer64(x)) {
        numbers <- integer64_numbers(x)
        if (anyNA(numbers) || !whole(numbers)) refuse(numbers, fun, arg, "integer64 without NA, up to 2^53")
        x <- numbers
      }
      if (is.list(x) && !is.object(x)) {
        x <- lapply(seq_along(x), function(i) one(x[[i]], fun, within(arg, i)))
        return(as.vector(if (length(x) > 0L) unlist(x) else base::list(), mode))
      }
      fits <- is.atomic(x) && !is.null(x) && !is.object(x)
      fits <- fits && switch(mode, character = is.character(x), logical = is.logical(x), is.numeric(x))
      if (!fits) refuse(x, fun, arg, expected)
      bad <- is.na(x) & !is.nan(x)
      if (!is.null(limit)) bad <- !is.finite(x) | x != floor(x) | abs(x) > limit
      for (i in which(bad)) one(x[[i]], fun, within(arg, i))
      x <- as.vector(x, mode)
      if (mode == "character") enc2utf8(x) else x
    }
  }

  int64_vector <- vector_of("double", int64, "a vector of whole numbers", 9007199254740992)
  int32_vector <- vector_of("double", int32, "a vector of whole numbers", 2147483647)
  double_vector <- vector_of("double", double, "a vector of numbers")
  bool_vector <- vector_of("logical", bool, "a logical vector")
  string_vector <- vector_of("character", string, "a character vector")

  tensor <- instance("torch_tensor", "a torch_tensor")
  generator <- instance("torch_generator", "a torch_generator")

  # R's torch finds dtypes by these names, those too for which it has no function.
  dtypes <- c(
    "float32", "float", "float64", "double", "float16", "half", "bfloat16", "uint8", "int8", "int16", "short", "int32", "int",
    "int64", "long", "bool", "complex32", "chalf", "complex64", "cfloat", "complex128", "cdouble", "quint8", "qint8", "qint32"
  )

  dtype <- function(x, fun, arg) {
    if (inherits(x, "torch_dtype")) return(x)
    if (is.character(x) && length(x) == 1L && x %in% dtypes) return(x)
    refuse(x, fun, arg, "a torch_dtype, or the name of one")
  }

  device <- function(x, fun, arg) {
    if (inherits(x, "torch_device")) return(x)
    if (is.character(x) && length(x) == 1L && !is.na(x)) return(torch::torch_device(x))
    refuse(x, fun, arg, "a torch_device, or the name of one")
  }

  memory_formats <- c(
    contiguous_format = "contiguous", preserve_format = "preserve", channels_last = "channels_last"
  )

  memory_format <- function(x, fun, arg) {
    if (inherits(x, "torch_memory_format")) return(x)
    if (is.character(x) && length(x) == 1L && x %in% names(memory_formats)) {
      return(get(paste0("torch_", memory_formats[[x]], "_format"), asNamespace("torch"))())
    }
    refuse(x, fun, arg, "a torch_memory_format, or the name of one")
  }

  layout <- function(x, fun, arg) {
    names <- c("strided", "sparse_coo", "sparse_csr", "_mkldnn", "sparse_csc", "sparse_bsr", "sparse_bsc", "jagged")
    one_of(names)(x, fun, arg)
  }

  pointer <- function(x, fun, arg) {
    if (typeof(x) != "externalptr") refuse(x, fun, arg, "an external pointer")
    x
  }

  anything <- function(x, fun, arg) x

  one_of <- function(names) {
    expected <- paste0("one of ", paste0(encodeString(names, quote = "\""), collapse = ", "))
    function(x, fun, arg) {
      if (!is.character(x) || length(x) != 1L || !x %in% names) refuse(x, fun, arg, expected)
      x
    }
  }

  enum <- function(...) one_of(c(...))

  object <- function(class) instance(class, paste0("an object of class ", class))

  optional <- function(one) {
    force(one)
    function(x, fun, arg) if (is.null(x)) x else one(x, fun, arg)
  }

  elements <- function(x) {
    if (!is_integer64(x)) return(as.list(x))
    lapply(seq_along(x), function(i) structure(unclass(x)[[i]], class = "integer64"))
  }

  is_listed <- function(x) (is.list(x) || is.atomic(x)) && !is.null(x) && (!is.object(x) || is_integer64(x))

  list <- function(one) {
    force(one)
    function(x, fun, arg) {
      if (!is_listed(x)) refuse(x, fun, arg, "a list")
      x <- elements(x)
      for (i in seq_along(x)) x[i] <- base::list(one(x[[i]], fun, within(arg, i)))
      x
    }
  }

  # A list or vector that passes `whole`, of so many elements.
  array <- function(whole, size) {
    force(whole)
    function(x, fun, arg) {
      if (length(x) != size) refuse(x, fun, arg, paste0("a list or vector of length ", size))
      whole(x, fun, arg)
    }
  }

  tuple <- function(...) {
    each <- base::list(...)
    function(x, fun, arg) {
      if (!is_listed(x) || length(x) != length(each)) refuse(x, fun, arg, paste0("a list of length ", length(each)))
      x <- elements(x)
      for (i in seq_along(each)) x[i] <- base::list(each[[i]](x[[i]], fun, within(arg, i)))
      x
    }
  }

  named_elements <- function(x, fun, arg) {
    if (!is_listed(x)) refuse(x, fun, arg, "a named list")
    keys <- names(x)
    if (length(x) > 0L && (is.null(keys) || anyNA(keys) || any(keys == "") || anyDuplicated(keys) > 0L)) {
      refuse(x, fun, arg, "a list with a name of its own for each element")
    }
    x <- elements(x)
    names(x) <- if (is.null(keys)) NULL else enc2utf8(keys)
    x
  }

  dict <- function(one, whole = FALSE) {
    force(one)
    function(x, fun, arg) {
      x <- named_elements(x, fun, arg)
      if (whole && !all(grepl("^-?[0-9]{1,19}$", names(x)))) refuse(x, fun, arg, "a list whose names are whole numbers")
      for (key in names(x)) x[key] <- base::list(one(x[[key]], fun, paste0(arg, "$", key)))
      x
    }
  }

  record <- function(..., .defaults = base::list()) {
    each <- base::list(...)
    function(x, fun, arg) {
      x <- named_elements(x, fun, arg)
      unknown <- setdiff(names(x), names(each))
      missing <- setdiff(names(each), c(names(x), names(.defaults)))
      if (length(unknown) > 0L) refuse(x, fun, arg, paste0("a list without an element named `", unknown[[1L]], "`"))
      if (length(missing) > 0L) refuse(x, fun, arg, paste0("a list with an element named `", missing[[1L]], "`"))
      for (key in setdiff(names(each), names(x))) x[key] <- .defaults[key]
      for (key in names(each)) x[key] <- base::list(each[[key]](x[[key]], fun, paste0(arg, "$", key)))
      x[names(each)]
    }
  }

  # Gives the elements of a result their names.
  named <- function(result, fun, ...) {
    given <- c(...)
    if (length(result) != length(given)) {
      stop(fun, "(): the result has ", length(result), " elements, and names for ", length(given), call. = FALSE)
    }
    names(result) <- given
    result
  }
})

# Finds, checks, installs and loads the native library. `tx$package` has the names of the R package and of its library.
base::evalq(envir = tx, {
  state <- base::new.env(parent = baseenv())

  # The name of the native library, the hash of the interface that it must have, and the C functions that are looked up in it.
  own <- function() package$describe()

  # Loads the native library and fills the table behind the C ABI. A copy that was loaded before is unloaded first, because
  # the system would go on with its code.
  load <- function(path) {
    path <- normalizePath(path, mustWork = TRUE)
    unload(path)
    register_methods()
    library <- dyn.load(path, local = TRUE)
    addresses <- lapply(own()$symbols, function(symbol) getNativeSymbolInfo(symbol, library)$address)
    problem <- package$link(addresses)
    if (!is.null(problem)) warning("its operators are not registered: ", problem, call. = FALSE)
    invisible(library)
  }

  unload <- function(path) {
    package$link(NULL)
    loaded <- vapply(getLoadedDLLs(), function(library) unclass(library)$path, "")
    if (path %in% loaded) dyn.unload(path)
  }

  # The methods of classes in R/generated.R, which NAMESPACE may not have yet.
  register_methods <- function() {
    namespace <- asNamespace(package$package)
    pattern <- paste0("^([$]|print)[.](", own()$name, "_.*)$")
    for (method in grep(pattern, base::ls(namespace, all.names = TRUE), value = TRUE)) {
      generic <- sub(pattern, "\\1", method)
      registerS3method(generic, sub(pattern, "\\2", method), get(method, namespace), envir = namespace)
    }
  }

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
          load(state$path)
        }
        found$problem
      },
      error = function(e) says("could not be loaded", ": ", conditionMessage(e), remedy())
    )
    state$problem <- problem
    if (!is.null(problem)) package$link(enc2utf8(problem))
    invisible(problem)
  }

  stop_native <- function() if (!is.null(state$path)) unload(state$path)

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
    built <- read_record(file.path(folder, paste0(own()$name, ".json")))
    again <- if (is_source) paste0(": ", source_remedy) else remedy(TRUE)
    if (is.null(built)) return(says("is not whole: ", own()$name, ".json is missing in ", folder, again))
    if (!identical(built[["interface"]], own()$interface)) {
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
    paste0(". Run ", package$package, "::install_", own()$name, "(", if (again) "reinstall = TRUE", ").")
  }

  variable <- function(what) paste0(toupper(own()$name), "_", what)

  library_name <- function() {
    if (.Platform$OS.type == "windows") return(paste0(own()$name, ".dll"))
    paste0("lib", own()$name, if (Sys.info()[["sysname"]] == "Darwin") ".dylib" else ".so")
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
    paste0(own()$name, "-", getNamespaceVersion(package$package), "+", kind, platform)
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
      stop("No release of ", own()$name, " is known: DESCRIPTION names no GitHub repository in its field URL. Give a URL, a ",
           "zip or a folder: install_", own()$name, "(from = ), or the variable ", variable("URL"), ".", call. = FALSE)
    }
    name <- utils::URLencode(paste0(release_name(), ".zip"), reserved = TRUE)
    paste0(sub("/$", "", repository[[1L]]), "/releases/download/v", getNamespaceVersion(package$package), "/", name)
  }

  # install_<pkg>(): puts the library where it is found, and loads it.
  install <- function(from, reinstall, checksum) {
    if (!torch::torch_is_installed()) {
      stop("torch itself is not installed: run torch::install_torch(), start R again, then install_", own()$name, "().", call. = FALSE)
    }
    if (!reinstall && is.null(from) && is_installed()) return(invisible(find_native()$folder))
    if (is.null(from)) from <- release_place()
    staged <- tempfile(own()$name)
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

# The glue of this package: what the native library must be, and the table that its functions go into.
tx$package <- base::list(
  package = utils::packageName(),
  describe = function() rcpp_torch_extension_describe(),
  link = function(addresses) rcpp_torch_extension_link(addresses)
)

# nocov end
# nolint end
