# The autograd function and the module over lltm_forward() and lltm_backward(), which come from csrc/src/lltm.cpp.

lltm_function <- torch::autograd_function(
  forward = function(ctx, input, weights, bias, old_h, old_cell) {
    step <- lltm_forward(input, weights, bias, old_h, old_cell)
    ctx$save_for_backward(
      new_cell = step$new_cell,
      input_gate = step$input_gate,
      output_gate = step$output_gate,
      candidate = step$candidate,
      joined = step$joined,
      weights = weights
    )
    list(step$new_h, step$new_cell)
  },
  backward = function(ctx, grad_h, grad_cell) {
    saved <- ctx$saved_variables
    back <- lltm_backward(
      grad_h$contiguous(), grad_cell$contiguous(), saved$new_cell, saved$input_gate, saved$output_gate,
      saved$candidate, saved$joined, saved$weights
    )
    list(
      input = back$d_input, weights = back$d_weights, bias = back$d_bias,
      old_h = back$d_old_h, old_cell = back$d_old_cell
    )
  }
)

#' A Long Long-Term Memory cell
#'
#' A module of torch: a recurrent cell without a forget gate and with an ELU, after the tutorial "Custom C++ and CUDA
#' Extensions" of PyTorch. Forward and backward are C++.
#'
#' It is called with an input, batch by features, and a list of the hidden and the cell state before the step, batch by state
#' each; it returns such a list of the states after the step.
#'
#' @param input_features Number of features of an input.
#' @param state_size Size of the state.
#' @return A module, to be called as `cell(input, state)`.
#' @examples
#' if (torch::torch_is_installed()) {
#'   cell <- nn_lltm(3, 4)
#'   cell$weights$shape
#' }
#' @export
nn_lltm <- torch::nn_module(
  "nn_lltm",
  initialize = function(input_features, state_size) {
    self$input_features <- input_features
    self$state_size <- state_size
    self$weights <- torch::nn_parameter(torch::torch_empty(3 * state_size, state_size + input_features))
    self$bias <- torch::nn_parameter(torch::torch_empty(3 * state_size))
    self$reset_parameters()
  },
  reset_parameters = function() {
    bound <- 1 / sqrt(self$state_size)
    for (parameter in self$parameters) torch::nn_init_uniform_(parameter, -bound, bound)
  },
  forward = function(input, state) {
    lltm_function(input, self$weights, self$bias, state[[1]], state[[2]])
  }
)
