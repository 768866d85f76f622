# What the fixtures' values are in R, and whether a result is one of them.

# R's torch has no function for bfloat16, but knows it by its name.
dtype_of <- function(name) torch::torch_tensor(0)$to(dtype = name)$dtype

tensor_of <- function(data, dim, dtype) {
  if (dtype == "int64" && is.character(data)) stop("R has no int64 beyond a double")
  t <- torch::torch_tensor(data, dtype = if (is.logical(data)) NULL else torch::torch_double())
  t <- t$to(dtype = dtype)
  if (length(dim) == 0L) t$squeeze() else t$reshape(dim)
}

generator_of <- function(seed) {
  generator <- torch::torch_generator()
  generator$set_current_seed(as.integer(seed))
  generator
}

# Expected values, each a function that says what is wrong, or NULL.
is_null <- function() function(x) if (!is.null(x)) "not NULL"
is_value <- function(value) {
  function(x) {
    if (length(x) != 1L || is.list(x)) return("not one value")
    if (is.character(value) != is.character(x) || is.logical(value) != is.logical(x)) return("of another kind")
    if (is.numeric(value) && !isTRUE(all.equal(as.double(x), as.double(value), tolerance = 1e-7))) return("another number")
    if (!is.numeric(value) && !identical(as.vector(x), value)) return("another value")
    if (is.character(x) && !identical(enc2utf8(x), enc2utf8(value))) "another string"
  }
}
is_double <- function(value) {
  function(x) {
    if (is.nan(value)) return(if (!is.nan(x)) "not NaN")
    if (!identical(as.double(x), value) || 1 / x != 1 / value) "another double"
  }
}
is_scalar <- function(value) {
  function(x) if (typeof(x) != typeof(value) || !isTRUE(all.equal(x, value))) paste("another scalar,", typeof(x))
}
is_list <- function(...) {
  each <- list(...)
  function(x) {
    if (is.null(x) || inherits(x, "torch_tensor")) return("no list")
    if (length(x) != length(each)) return(paste("of", length(x), "elements"))
    for (i in seq_along(each)) {
      wrong <- each[[i]](x[[i]])
      if (!is.null(wrong)) return(paste0("[[", i, "]]: ", wrong))
    }
  }
}
is_named <- function(ordered, names, ...) {
  inside <- is_list(...)
  function(x) {
    if (length(x) != length(names)) return(paste("of", length(x), "elements"))
    if (!setequal(names(x), names)) return(paste("named", paste(names(x), collapse = ", ")))
    inside(x[names])
  }
}
is_tensor <- function(data, dim, dtype) {
  expected <- tensor_of(data, dim, dtype)
  function(x) {
    if (!inherits(x, "torch_tensor")) return("no tensor")
    if (!x$dtype == expected$dtype) return(paste("of dtype", format(x$dtype)))
    if (!identical(as.double(x$shape), as.double(dim))) return(paste("of shape", paste(x$shape, collapse = ", ")))
    if (x$numel() > 0 && !torch::torch_equal(x, expected)) "with other elements"
  }
}
is_memory_format <- function(name) {
  function(x) if (!x == myext:::tx$memory_format(name, "is_memory_format", "name")) "another memory format"
}
is_generator <- function(seed) {
  function(x) if (!inherits(x, "torch_generator") || !x$current_seed() == seed) "another generator"
}

failures <- 0L
steps <- 0L
report <- function(title, wrong) {
  steps <<- steps + 1L
  if (is.null(wrong)) return(invisible())
  failures <<- failures + 1L
  cat("FAILED ", title, ": ", wrong, "\n", sep = "")
}
attempt <- function(expression) tryCatch(list(value = expression), error = function(e) list(error = conditionMessage(e)))
returns <- function(title, expected, expression) {
  done <- attempt(expression)
  report(title, if (is.null(done$error)) expected(done$value) else paste("stopped:", done$error))
  invisible(done$value)
}
stops <- function(title, part, expression) {
  done <- attempt(expression)
  report(title, if (is.null(done$error)) "did not stop" else if (!grepl(part, done$error, fixed = TRUE)) {
    paste0("stopped with «", done$error, "», without «", part, "»")
  })
}
