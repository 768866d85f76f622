// Loads the library that was built of emitted code, and calls it through the C ABI and through the dispatcher.
// Prints "all as expected", or what was not.
#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/ops/full.h>
#include <dlfcn.h>
#include <lantern/types.h>

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <tuple>

namespace {

void* library = nullptr;

void require(bool holds, const char* what) {
  if (holds) return;
  std::printf("not as expected: %s\n", what);
  std::exit(1);
}

template <class Function>
Function symbol(const char* name) {
  void* found = dlsym(library, name);
  require(found != nullptr, name);
  return reinterpret_cast<Function>(found);
}

using Handle1 = void* (*)(void*);
using Handle2 = void* (*)(void*, void*);

/// The message of the last error, which is cleared then.
std::string take_error() {
  void* first = symbol<void* (*)()>("myext_last_error")();
  void* again = symbol<void* (*)()>("myext_last_error")();
  require(first == again, "the last error is the same until it is cleared");
  if (first == nullptr) return "";
  symbol<void (*)()>("myext_last_error_clear")();
  require(symbol<void* (*)()>("myext_last_error")() == nullptr, "a cleared error is gone");
  std::string text = from_raw::string(first);
  delete static_cast<std::string*>(first);
  return text;
}

void check_tensors() {
  at::Tensor two = at::full({3}, 2.0);
  auto add = symbol<Handle2>("_add");
  void* sum = add(&two, &two);
  require(sum != nullptr && from_raw::Tensor(sum).sum().item<double>() == 12, "add of two tensors");
  delete static_cast<at::Tensor*>(sum);
  require(take_error().empty(), "no error without one");

  require(add(nullptr, &two) == nullptr, "a null handle is refused");
  at::Tensor undefined;
  require(add(&two, &undefined) == nullptr, "an undefined tensor is refused, and replaces an unread error");
  std::string error = take_error();
  require(error.find("add: b is an undefined tensor") != std::string::npos, error.c_str());

  at::Tensor three = at::full({4}, 1.0);
  require(add(&two, &three) == nullptr, "an exception of libtorch stops at the C ABI");
  error = take_error();
  require(error.find("must match the size") != std::string::npos, error.c_str());
  require(error.find("Exception raised from") == std::string::npos, "the message has no backtrace");

  void* consumed = symbol<Handle1>("_consume")(&two);
  require(two.defined(), "a parameter T&& takes a copy");
  delete static_cast<at::Tensor*>(consumed);
}

void check_tuples() {
  at::Tensor one = at::full({2}, 1.0);
  auto make = symbol<Handle2>("myext_tuple_tensor_tensor_new");
  auto weigh = symbol<void* (*)(void*, int64_t)>("myext_tuple_tuple2_tensor_tensor_int64_new");
  void* pair = make(&one, &one);
  void* weighted = weigh(pair, 5);
  void* merged = symbol<Handle2>("_merge")(pair, weighted);
  require(merged != nullptr && from_raw::Tensor(merged).sum().item<double>() == 14, "merge of nested tuples");
  delete static_cast<at::Tensor*>(merged);
  require(make(&one, nullptr) == nullptr, "a tuple of a null handle is refused");
  require(take_error().find("e1 is a null handle") != std::string::npos, "and says which");
  symbol<void (*)(void*)>("myext_tuple_tuple2_tensor_tensor_int64_delete")(weighted);
  symbol<void (*)(void*)>("myext_tuple_tensor_tensor_delete")(pair);

  void* described = symbol<Handle1>("_describe")(&one);
  void* inner = symbol<Handle1>("myext_tuple_tuple2_tensor_string_double_get_0")(described);
  void* text = symbol<Handle1>("myext_tuple_tensor_string_get_1")(inner);
  require(from_raw::string(text) == "tensor", "a string inside a nested tuple");
  require(symbol<double (*)(void*)>("myext_tuple_tuple2_tensor_string_double_get_1")(described) == 0.5, "a double");
  delete static_cast<std::string*>(text);
  symbol<void (*)(void*)>("myext_tuple_tensor_string_delete")(inner);
  symbol<void (*)(void*)>("myext_tuple_tuple2_tensor_string_double_delete")(described);
  require(take_error().empty(), "no error after tuples");
}

torch::jit::Stack call_operator(const char* name, torch::jit::Stack stack) {
  const c10::OperatorHandle found = c10::Dispatcher::singleton().findSchemaOrThrow(name, "");
  const size_t given = stack.size();
  const auto& arguments = found.schema().arguments();
  for (size_t i = given; i < arguments.size(); ++i) {
    require(arguments[i].default_value().has_value(), "an argument that is left out has a default");
    stack.push_back(*arguments[i].default_value());
  }
  found.callBoxed(&stack);
  return stack;
}

void check_operators() {
  require(symbol<const char* (*)()>("myext_operators_error")() == nullptr, "the operators are registered");
  at::Tensor x = at::full({2}, 3.0).requires_grad_();
  torch::jit::Stack sum = call_operator("myext::add", {x, x});
  require(sum.size() == 1 && sum[0].toTensor().requires_grad(), "add through the dispatcher, with its gradient");

  torch::jit::Stack step = call_operator("myext::leaky_step", {x, c10::IValue()});
  require(step.size() == 2, "a tuple is several results");
  torch::jit::Stack text = call_operator("myext::greet", {std::string("!")});
  require(text[0].toStringRef() == "Grüße, \"du\"\\\n!", "a string default comes back as it was written");
  torch::jit::Stack product = call_operator("myext::product", {int64_t(1), int64_t(2)});
  require(product[0].toInt() == 6, "an integer default");
  torch::jit::Stack mean = call_operator("myext::mean", {1.0, 2.0});
  require(mean[0].toDouble() == 3e-3, "two float defaults");

  auto pair = std::make_tuple(x, x);
  torch::jit::Stack merged = call_operator("myext::merge", {pair, std::make_tuple(pair, int64_t(2))});
  require(merged[0].toTensor().sum().item<double>() == 24, "nested tuples as arguments");
  torch::jit::Stack described = call_operator("myext::describe", {x});
  require(described.size() == 2 && described[0].isTuple(), "a tuple inside a tuple stays one result");
}

}  // namespace

int main(int, char** argv) {
  library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
  require(library != nullptr, library == nullptr ? dlerror() : "");
  check_tensors();
  check_tuples();
  check_operators();

  library = dlopen(argv[2], RTLD_NOW | RTLD_LOCAL);
  require(library != nullptr, "a second library with the same operators loads");
  const char* error = symbol<const char* (*)()>("myext_operators_error")();
  require(error != nullptr && std::string(error).find("myext::") != std::string::npos, "and says that they are taken");
  std::puts("all as expected");
  return 0;
}
