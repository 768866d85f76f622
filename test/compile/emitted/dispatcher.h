// For tests of operators: values for the dispatcher's stack, calls, and comparisons. The calls are written by dispatcher.ts.
#pragma once

#include <ATen/CPUGeneratorImpl.h>
#include <ATen/core/Dict.h>
#include <ATen/core/List.h>
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/jit_type.h>
#include <ATen/ops/empty.h>
#include <dlfcn.h>

#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <utility>
#include <vector>

using Values = std::vector<c10::IValue>;

inline c10::IValue tensor(std::vector<double> data, std::vector<int64_t> shape, at::ScalarType dtype) {
  at::Tensor made = at::empty(shape, at::kDouble);
  std::copy(data.begin(), data.end(), made.data_ptr<double>());
  return made.to(dtype);
}

inline c10::IValue list(c10::TypePtr type, Values elements) {
  c10::impl::GenericList made(type);
  for (c10::IValue& element : elements) made.push_back(std::move(element));
  return made;
}

inline c10::IValue tuple(Values elements) { return c10::ivalue::Tuple::create(std::move(elements)); }

inline c10::IValue dictionary(c10::TypePtr key, c10::TypePtr value, std::vector<std::pair<c10::IValue, c10::IValue>> entries) {
  c10::impl::GenericDict made(key, value);
  for (auto& entry : entries) made.insert(entry.first, entry.second);
  return made;
}

inline c10::IValue generator(uint64_t seed) { return at::make_generator<at::CPUGeneratorImpl>(seed); }

inline bool same(const c10::IValue& a, const c10::IValue& b) {
  if (a.isTensor() && b.isTensor()) {
    const at::Tensor x = a.toTensor();
    const at::Tensor y = b.toTensor();
    return x.dtype() == y.dtype() && x.sizes() == y.sizes() && x.equal(y);
  }
  if (a.isDouble() && b.isDouble()) {
    return a.toDouble() == b.toDouble() || (std::isnan(a.toDouble()) && std::isnan(b.toDouble()));
  }
  const auto all = [](const auto& xs, const auto& ys) {
    if (xs.size() != ys.size()) return false;
    for (size_t i = 0; i < xs.size(); ++i) {
      if (!same(xs[i], ys[i])) return false;
    }
    return true;
  };
  if (a.isList() && b.isList()) return all(a.toListRef(), b.toListRef());
  if (a.isTuple() && b.isTuple()) return all(a.toTupleRef().elements(), b.toTupleRef().elements());
  if (a.isGenericDict() && b.isGenericDict()) {
    const auto xs = a.toGenericDict();
    const auto ys = b.toGenericDict();
    if (xs.size() != ys.size()) return false;
    for (const auto& entry : xs) {
      if (!ys.contains(entry.key()) || !same(entry.value(), ys.at(entry.key()))) return false;
    }
    return true;
  }
  return a == b;
}

static int calls = 0;
static int failures = 0;

inline void failed(const char* name, const std::string& what) {
  ++failures;
  std::printf("%s: %s\n", name, what.c_str());
}

/// Calls an operator; what is left out has its default, and where the schema has none, the call is not made.
template <class Judge>
void call(const char* name, Values stack, const Judge& judge) {
  try {
    const c10::OperatorHandle found = c10::Dispatcher::singleton().findSchemaOrThrow(name, "");
    const auto& arguments = found.schema().arguments();
    for (size_t i = stack.size(); i < arguments.size(); ++i) {
      if (!arguments[i].default_value().has_value()) return;
      stack.push_back(*arguments[i].default_value());
    }
    ++calls;
    found.callBoxed(&stack);
  } catch (const c10::Error& error) {
    return judge(error.what_without_backtrace(), Values());
  } catch (const std::exception& error) {
    return judge(error.what(), Values());
  } catch (const std::string& text) {
    return judge(text, Values());
  } catch (...) {
    return judge("an exception that is neither a std::exception nor a string was thrown", Values());
  }
  judge(std::string(), std::move(stack));
}

inline void returns(const char* name, Values arguments, Values expected) {
  call(name, std::move(arguments), [&](const std::string& error, const Values& results) {
    if (!error.empty()) return failed(name, "throws " + error);
    if (results.size() != expected.size()) return failed(name, "returns " + std::to_string(results.size()) + " values");
    for (size_t i = 0; i < results.size(); ++i) {
      if (!same(results[i], expected[i])) failed(name, "returns another value at " + std::to_string(i));
    }
  });
}

inline void throws(const char* name, Values arguments, const char* part) {
  call(name, std::move(arguments), [&](const std::string& error, const Values&) {
    if (error.find(part) == std::string::npos) failed(name, "throws \"" + error + "\"");
  });
}
