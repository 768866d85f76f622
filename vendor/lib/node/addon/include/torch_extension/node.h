// What generated Node-API glue is made of. No torch header and no package's name: everything that knows a tensor is
// behind <tx_runtime.h>.
#pragma once

#include <torch_extension/node_call.h>
#include <torch_extension/node_containers.h>
#include <torch_extension/module.h>
#include <torch_extension/node_values.h>
