// How R's values and those of the C ABI become each other: strictly, so that nothing is lost in silence.
#pragma once

#include <Rcpp.h>

#include <cmath>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <limits>
#include <memory>
#include <string>

/// Raises the last error of the native library in R, where there is one.
void host_exception_handler();

namespace torch_extension {

/// What a C function returned; its error is raised.
template <class T>
T checked(T value) {
  host_exception_handler();
  return value;
}

/// Owns the handle of a derived type.
class Handle {
 public:
  explicit Handle(void (*free)(void*)) : free_(free) {}
  void* get() const { return handle_.get(); }

 protected:
  void reset(void* handle) { handle_.reset(handle, free_); }

 private:
  void (*free_)(void*);
  std::shared_ptr<void> handle_;
};

[[noreturn]] inline void refuse(const char* expected) { Rcpp::stop(std::string("a value must be ") + expected); }

inline bool is_integer64(SEXP x) { return TYPEOF(x) == REALSXP && Rf_inherits(x, "integer64"); }

/// The bits of the one element of bit64's integer64.
inline int64_t integer64_of(const double& bits) {
  int64_t value = 0;
  std::memcpy(&value, &bits, sizeof value);
  return value;
}

/// A number without digits behind the point, that a double and an int64 both hold.
inline int64_t whole(double value, const char* expected) {
  if (!(std::fabs(value) <= 9007199254740992.0) || value != std::floor(value)) refuse(expected);
  return static_cast<int64_t>(value);
}

inline int64_t read_int64(SEXP x) {
  const char* expected = "one whole number";
  if (Rf_xlength(x) != 1 || Rf_isFactor(x)) refuse(expected);
  if (TYPEOF(x) == INTSXP && INTEGER(x)[0] != NA_INTEGER) return INTEGER(x)[0];
  if (is_integer64(x)) {
    const int64_t value = integer64_of(REAL(x)[0]);
    if (value != std::numeric_limits<int64_t>::min()) return value;
  } else if (TYPEOF(x) == REALSXP) {
    return whole(REAL(x)[0], expected);
  }
  refuse(expected);
}

inline SEXP write_int64(int64_t value) {
  if (value > 9007199254740992 || value < -9007199254740992) {
    Rcpp::stop("the result " + std::to_string(value) + " has more digits than a number of R holds");
  }
  return Rf_ScalarReal(static_cast<double>(value));
}

inline int32_t read_int32(SEXP x) {
  const int64_t value = read_int64(x);
  if (value > std::numeric_limits<int32_t>::max() || value < std::numeric_limits<int32_t>::min()) {
    refuse("a whole number of at most 32 bits");
  }
  return static_cast<int32_t>(value);
}

/// An int32 that R has no integer for, since it is R's NA, becomes a double.
inline SEXP write_int32(int32_t value) {
  return value == NA_INTEGER ? Rf_ScalarReal(value) : Rf_ScalarInteger(value);
}

inline double read_double(SEXP x) {
  if (is_integer64(x)) return static_cast<double>(read_int64(x));
  if (Rf_xlength(x) == 1 && TYPEOF(x) == REALSXP && !R_IsNA(REAL(x)[0])) return REAL(x)[0];
  if (Rf_xlength(x) == 1 && TYPEOF(x) == INTSXP && INTEGER(x)[0] != NA_INTEGER && !Rf_isFactor(x)) {
    return INTEGER(x)[0];
  }
  refuse("one number");
}

inline SEXP write_double(double value) { return Rf_ScalarReal(value); }

inline bool read_bool(SEXP x) {
  if (Rf_xlength(x) != 1 || TYPEOF(x) != LGLSXP || LOGICAL(x)[0] == NA_LOGICAL) refuse("TRUE or FALSE");
  return LOGICAL(x)[0] != 0;
}

inline SEXP write_bool(bool value) { return Rf_ScalarLogical(value ? 1 : 0); }

inline std::string read_text(SEXP x, const char* expected) {
  if (Rf_xlength(x) != 1 || TYPEOF(x) != STRSXP || STRING_ELT(x, 0) == NA_STRING) refuse(expected);
  return Rf_translateCharUTF8(STRING_ELT(x, 0));
}

inline SEXP write_text(const std::string& text) {
  const Rcpp::Shield<SEXP> one(Rf_mkCharLenCE(text.data(), static_cast<int>(text.size()), CE_UTF8));
  return Rf_ScalarString(one);
}

/// One name and what stands for it in C.
struct Entry {
  const char* name;
  int64_t value;
};

inline int64_t read_entry(SEXP x, std::initializer_list<Entry> entries, const char* expected) {
  const std::string name = read_text(x, expected);
  for (const Entry& entry : entries) {
    if (name == entry.name) return entry.value;
  }
  refuse(expected);
}

inline SEXP write_entry(int64_t value, std::initializer_list<Entry> entries, const char* what) {
  for (const Entry& entry : entries) {
    if (value == entry.value) return write_text(entry.name);
  }
  Rcpp::stop("the result " + std::to_string(value) + " is no entry of " + what);
}

inline std::initializer_list<Entry> layouts() {
  static const std::initializer_list<Entry> all = {
      {"strided", 0},    {"sparse_coo", 1}, {"sparse_csr", 2}, {"_mkldnn", 3},
      {"sparse_csc", 4}, {"sparse_bsr", 5}, {"sparse_bsc", 6}, {"jagged", 7},
  };
  return all;
}

inline int64_t read_layout(SEXP x) { return read_entry(x, layouts(), "the name of a layout"); }
inline SEXP write_layout(int64_t value) { return write_entry(value, layouts(), "torch's layouts"); }

inline void* read_pointer(SEXP x) {
  if (TYPEOF(x) != EXTPTRSXP) refuse("an external pointer");
  return R_ExternalPtrAddr(x);
}

inline SEXP write_pointer(void* value) { return R_MakeExternalPtr(value, R_NilValue, R_NilValue); }

/// The object of a C++ class, borrowed.
inline void* read_handle(SEXP x, const char* s3_class) {
  if (TYPEOF(x) != EXTPTRSXP || !Rf_inherits(x, s3_class)) refuse((std::string("an object of class ") + s3_class).c_str());
  void* object = R_ExternalPtrAddr(x);
  if (object == nullptr) Rcpp::stop(std::string("the object of class ") + s3_class + " was disposed of, or is of another R session");
  return object;
}

using Free = void (*)(void*);
/// What R keeps a function as.
using Function = void (*)();

inline void finalize_handle(SEXP x) {
  void* object = R_ExternalPtrAddr(x);
  if (object == nullptr) return;
  R_ClearExternalPtr(x);
  const Function free = reinterpret_cast<Function>(R_ExternalPtrAddrFn(R_ExternalPtrProtected(x)));
  reinterpret_cast<Free>(free)(object);
}

/// Frees the object of a C++ class at once; nothing where that was done before.
inline void dispose_handle(SEXP x, const char* s3_class) {
  if (TYPEOF(x) != EXTPTRSXP || !Rf_inherits(x, s3_class)) refuse((std::string("an object of class ") + s3_class).c_str());
  finalize_handle(x);
}

/// An R object that owns the object of a C++ class, and frees it when R collects it.
inline SEXP write_handle(void* object, const char* s3_class, Free free) {
  const Function function = reinterpret_cast<Function>(free);
  const Rcpp::Shield<SEXP> owner(R_MakeExternalPtrFn(reinterpret_cast<DL_FUNC>(function), R_NilValue, R_NilValue));
  const Rcpp::Shield<SEXP> made(R_MakeExternalPtr(object, R_NilValue, owner));
  R_RegisterCFinalizerEx(made, finalize_handle, TRUE);
  Rf_setAttrib(made, R_ClassSymbol, Rcpp::Shield<SEXP>(Rf_mkString(s3_class)));
  return made;
}

/// How many elements a list or vector has.
inline R_xlen_t size_of(SEXP x) {
  if (!Rf_isVector(x) || Rf_isFactor(x)) refuse("a list or a vector");
  return Rf_xlength(x);
}

/// One element, as a vector of length 1 or what a list holds there.
inline SEXP element(SEXP x, R_xlen_t i) {
  switch (TYPEOF(x)) {
    case VECSXP:
      return VECTOR_ELT(x, i);
    case LGLSXP:
      return Rf_ScalarLogical(LOGICAL(x)[i]);
    case INTSXP:
      return Rf_ScalarInteger(INTEGER(x)[i]);
    case CPLXSXP:
      return Rf_ScalarComplex(COMPLEX(x)[i]);
    case REALSXP: {
      const Rcpp::Shield<SEXP> one(Rf_ScalarReal(REAL(x)[i]));
      if (is_integer64(x)) Rf_setAttrib(one, R_ClassSymbol, Rf_getAttrib(x, R_ClassSymbol));
      return one;
    }
    case STRSXP:
      return Rf_ScalarString(STRING_ELT(x, i));
    default:
      refuse("a list or a vector of numbers, strings or logicals");
  }
}

/// Whole numbers as doubles, for a class that would make others of NA, of digits behind the point and of integer64.
inline Rcpp::RObject whole_numbers(SEXP x) {
  Rcpp::NumericVector numbers(size_of(x));
  for (R_xlen_t i = 0; i < numbers.size(); ++i) {
    const int64_t value = read_int64(element(x, i));
    if (value > 9007199254740992 || value < -9007199254740992) refuse("a whole number up to 2^53");
    numbers[i] = static_cast<double>(value);
  }
  return numbers;
}

/// Numbers without NA.
inline Rcpp::RObject numbers(SEXP x) {
  Rcpp::NumericVector numbers(size_of(x));
  for (R_xlen_t i = 0; i < numbers.size(); ++i) numbers[i] = read_double(element(x, i));
  return numbers;
}

/// TRUE and FALSE, since a class would make TRUE of NA.
inline Rcpp::RObject logicals(SEXP x) {
  Rcpp::LogicalVector logicals(size_of(x));
  for (R_xlen_t i = 0; i < logicals.size(); ++i) logicals[i] = read_bool(element(x, i)) ? 1 : 0;
  return logicals;
}

/// Strings in UTF-8, since a class would make "NA" of NA; NULL as it is.
inline Rcpp::RObject texts(SEXP x) {
  if (Rf_isNull(x)) return Rcpp::RObject();
  Rcpp::CharacterVector texts(size_of(x));
  for (R_xlen_t i = 0; i < texts.size(); ++i) {
    const std::string text = read_text(element(x, i), "a string");
    texts[i] = Rf_mkCharLenCE(text.data(), static_cast<int>(text.size()), CE_UTF8);
  }
  return texts;
}

/// A complex number as a tensor of one element, of which the class of R's torch makes a scalar.
inline Rcpp::RObject complex_tensor(const Rcomplex& x) {
  const Rcpp::Environment torch = Rcpp::Environment::namespace_env("torch");
  const Rcpp::Function tensor = torch["torch_tensor"];
  const Rcpp::Function complex = torch["torch_complex"];
  const Rcpp::Function dtype = torch["torch_double"];
  const auto part = [&](double value) -> Rcpp::RObject { return tensor(value, Rcpp::Named("dtype") = dtype()); };
  const Rcpp::RObject real = part(x.r);
  const Rcpp::RObject imaginary = part(x.i);
  return complex(real, imaginary);
}

/// One number, TRUE or FALSE: of NULL a class would make a handle that libtorch follows nowhere.
inline Rcpp::RObject scalar(SEXP x) {
  if (TYPEOF(x) == CPLXSXP && Rf_xlength(x) == 1 && !R_IsNA(COMPLEX(x)[0].r)) return complex_tensor(COMPLEX(x)[0]);
  if (TYPEOF(x) == LGLSXP) return Rf_ScalarLogical(read_bool(x) ? 1 : 0);
  if (is_integer64(x) || TYPEOF(x) == REALSXP) return Rf_ScalarReal(read_double(x));
  if (TYPEOF(x) == INTSXP) return Rf_ScalarInteger(read_int32(x));
  refuse("one number, real or complex, TRUE or FALSE");
}

/// A scalar as the value that R has for it. `parts` gives the numbers of one that the class of R's torch knows no value for: real
/// and imaginary part, or an integer beyond 32 bits; none for all others.
template <class Scalar, class Numbers>
SEXP write_scalar(void* handle, void* (*parts)(void*)) {
  const Scalar owned(handle);
  const Rcpp::NumericVector numbers(static_cast<SEXP>(Numbers(checked(parts(handle)))));
  if (numbers.size() == 0) return static_cast<SEXP>(owned);
  if (numbers.size() == 1) return Rf_ScalarReal(numbers[0]);
  Rcomplex both;
  both.r = numbers[0];
  both.i = numbers[1];
  return Rf_ScalarComplex(both);
}

/// An element of a tuple, which has `size` of them.
inline SEXP part(SEXP x, R_xlen_t i, R_xlen_t size) {
  if (size_of(x) != size) refuse(("a list of length " + std::to_string(size)).c_str());
  return element(x, i);
}

inline SEXP names_of(SEXP x) {
  const Rcpp::Shield<SEXP> names(Rf_getAttrib(x, R_NamesSymbol));
  if (Rf_xlength(names) != size_of(x)) refuse("a list with a name for each element");
  return names;
}

/// A field of a record, by its name.
inline SEXP field(SEXP x, const char* name) {
  const Rcpp::Shield<SEXP> names(names_of(x));
  for (R_xlen_t i = 0; i < Rf_xlength(names); ++i) {
    if (std::strcmp(Rf_translateCharUTF8(STRING_ELT(names, i)), name) == 0) return element(x, i);
  }
  refuse((std::string("a list with an element named ") + name).c_str());
}

/// The keys of a dictionary, each of which is there once.
inline SEXP keys_of(SEXP x) {
  if (size_of(x) == 0) return Rf_allocVector(STRSXP, 0);
  const Rcpp::Shield<SEXP> names(names_of(x));
  bool is_named = Rf_any_duplicated(names, FALSE) == 0;
  for (R_xlen_t i = 0; i < Rf_xlength(names); ++i) is_named = is_named && CHAR(STRING_ELT(names, i))[0] != '\0';
  if (!is_named) refuse("a list with a name of its own for each element");
  return names;
}

inline int64_t read_key(SEXP x) {
  const std::string text = read_text(x, "a whole number as a name");
  try {
    std::size_t end = 0;
    const int64_t key = std::stoll(text, &end);
    if (end == text.size()) return key;
  } catch (const std::exception&) {
  }
  refuse("a list whose names are whole numbers");
}

inline SEXP write_key(int64_t key) { return write_text(std::to_string(key)); }

/// A list of scalars as the vector that R people expect. Strings are as they are.
inline SEXP vector_of(SEXP values, SEXPTYPE kind) {
  const Rcpp::Shield<SEXP> list(values);
  const R_xlen_t size = Rf_xlength(list);
  // An int32 may be R's NA, which came as a double.
  if (kind == INTSXP) {
    for (R_xlen_t i = 0; i < size; ++i) {
      if (TYPEOF(VECTOR_ELT(list, i)) == REALSXP) kind = REALSXP;
    }
  }
  const Rcpp::Shield<SEXP> vector(Rf_allocVector(kind, size));
  for (R_xlen_t i = 0; i < size; ++i) {
    const SEXP value = VECTOR_ELT(list, i);
    if (kind == STRSXP) SET_STRING_ELT(vector, i, STRING_ELT(value, 0));
    if (kind == REALSXP) REAL(vector)[i] = Rf_asReal(value);
    if (kind == INTSXP) INTEGER(vector)[i] = Rf_asInteger(value);
    if (kind == LGLSXP) LOGICAL(vector)[i] = Rf_asLogical(value);
  }
  return vector;
}

/// A list with names.
inline SEXP named(SEXP values, std::initializer_list<const char*> names) {
  const Rcpp::Shield<SEXP> list(values);
  const Rcpp::Shield<SEXP> given(Rf_allocVector(STRSXP, static_cast<R_xlen_t>(names.size())));
  R_xlen_t i = 0;
  for (const char* name : names) SET_STRING_ELT(given, i++, Rf_mkCharCE(name, CE_UTF8));
  Rf_setAttrib(list, R_NamesSymbol, given);
  return list;
}

/// Whole numbers that R's torch turned into doubles: those that may have lost digits are refused.
inline SEXP exact_int64(SEXP values) {
  const Rcpp::Shield<SEXP> vector(values);
  if (TYPEOF(vector) != REALSXP) return vector;
  for (R_xlen_t i = 0; i < Rf_xlength(vector); ++i) {
    if (std::fabs(REAL(vector)[i]) >= 9007199254740992.0) {
      Rcpp::stop("element " + std::to_string(i + 1) + " of the result has more digits than a number of R holds");
    }
  }
  return vector;
}

/// Strings that R's torch made, said to be UTF-8.
inline SEXP utf8(SEXP values) {
  const Rcpp::Shield<SEXP> vector(values);
  if (TYPEOF(vector) != STRSXP) return vector;
  const Rcpp::Shield<SEXP> marked(Rf_allocVector(STRSXP, Rf_xlength(vector)));
  for (R_xlen_t i = 0; i < Rf_xlength(vector); ++i) {
    SET_STRING_ELT(marked, i, Rf_mkCharCE(CHAR(STRING_ELT(vector, i)), CE_UTF8));
  }
  return marked;
}

}  // namespace torch_extension
