# The cell once more in torch's own operations, whose gradients autograd knows.
reference_step <- function(input, weights, bias, old_h, old_cell) {
  gates <- torch::nnf_linear(torch::torch_cat(list(old_h, input), dim = 2), weights, bias)
  parts <- gates$chunk(3, dim = 2)
  new_cell <- old_cell + torch::nnf_elu(parts[[3]]) * torch::torch_sigmoid(parts[[1]])
  new_h <- torch::torch_tanh(new_cell) * torch::torch_sigmoid(parts[[2]])
  list(new_h, new_cell)
}

# Arguments in float64 that ask for gradients, the same at each run.
random_arguments <- function(batch = 2, features = 3, state = 4) {
  torch::torch_manual_seed(1)
  normal <- function(...) torch::torch_randn(..., dtype = torch::torch_double(), requires_grad = TRUE)
  list(
    input = normal(batch, features),
    weights = normal(3 * state, state + features),
    bias = normal(3 * state),
    old_h = normal(batch, state),
    old_cell = normal(batch, state)
  )
}

# One number of both results, with weights of its own for each element.
loss_of <- function(step, weigh_cell = TRUE) {
  ramp <- function(x) torch::torch_arange(1, x$numel(), dtype = torch::torch_double())$view(x$shape)
  loss <- (step[[1]] * ramp(step[[1]]))$sum()
  if (weigh_cell) loss + (step[[2]] * ramp(step[[2]]))$sum() else loss
}

gradients_of <- function(step, arguments, weigh_cell = TRUE) {
  lapply(torch::autograd_grad(loss_of(step, weigh_cell), arguments), function(x) as.numeric(x$cpu()$reshape(-1)))
}
