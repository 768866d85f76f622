// torch::kFloat32 and the other names of dtypes that say their width, which <torch/types.h> has. Where that is included, too,
// torch::kFloat32 is its own: what a namespace declares itself is found before what it uses.
#pragma once

#include <c10/core/ScalarType.h>

namespace tx {
namespace dtypes {

constexpr c10::ScalarType kUInt8 = c10::kByte;
constexpr c10::ScalarType kInt8 = c10::kChar;
constexpr c10::ScalarType kInt16 = c10::kShort;
constexpr c10::ScalarType kInt32 = c10::kInt;
constexpr c10::ScalarType kInt64 = c10::kLong;
constexpr c10::ScalarType kFloat16 = c10::kHalf;
constexpr c10::ScalarType kFloat32 = c10::kFloat;
constexpr c10::ScalarType kFloat64 = c10::kDouble;

constexpr c10::ScalarType kU8 = kUInt8;
constexpr c10::ScalarType kI8 = kInt8;
constexpr c10::ScalarType kI16 = kInt16;
constexpr c10::ScalarType kI32 = kInt32;
constexpr c10::ScalarType kI64 = kInt64;
constexpr c10::ScalarType kF16 = kFloat16;
constexpr c10::ScalarType kF32 = kFloat32;
constexpr c10::ScalarType kF64 = kFloat64;

}  // namespace dtypes
}  // namespace tx

namespace torch {
using namespace tx::dtypes;
}  // namespace torch
