# What checks arguments, for the functions above. Its functions find those of base R alone, whatever the package defines.
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

  # Loads the native library and fills the table behind the C ABI. A copy that was loaded before is unloaded first, since
  # the system would go on with its code.
  load <- function(path, symbols, link) {
    path <- normalizePath(path, mustWork = TRUE)
    unload(path, link)
    library <- dyn.load(path, local = TRUE)
    addresses <- lapply(symbols, function(symbol) getNativeSymbolInfo(symbol, library)$address)
    problem <- link(addresses)
    if (!is.null(problem)) warning("its operators are not registered: ", problem, call. = FALSE)
    invisible(library)
  }

  unload <- function(path, link) {
    link(NULL)
    loaded <- vapply(getLoadedDLLs(), function(library) unclass(library)$path, "")
    if (path %in% loaded) dyn.unload(path)
  }
})
