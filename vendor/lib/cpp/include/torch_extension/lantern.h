// <lantern/types.h>, once in a unit: R torch's has no include guard.
#pragma once

#include <lantern/types.h>
