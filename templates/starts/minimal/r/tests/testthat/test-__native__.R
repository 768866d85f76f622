test_that("scale_add is alpha * a + b", {
  skip_without_native()
  a <- torch::torch_tensor(matrix(1:6, 2, byrow = TRUE), dtype = torch::torch_float())
  b <- a * 10
  expect_equal(as.matrix(scale_add(a, b, alpha = -0.5)), matrix(9.5 * 1:6, 2, byrow = TRUE))
})

test_that("alpha is 1 where it is left out", {
  skip_without_native()
  a <- torch::torch_tensor(c(1, 2))
  expect_equal(as.numeric(scale_add(a, a)), c(2, 4))
})

test_that("it broadcasts", {
  skip_without_native()
  sum <- scale_add(torch::torch_ones(2, 3), torch::torch_tensor(c(10, 20, 30)), alpha = 2)
  expect_equal(as.matrix(sum), matrix(c(12, 22, 32), 2, 3, byrow = TRUE))
})

test_that("gradients flow through it", {
  skip_without_native()
  a <- torch::torch_tensor(c(1, 2), requires_grad = TRUE)
  scale_add(a, torch::torch_zeros(2), alpha = 3)$sum()$backward()
  expect_equal(as.numeric(a$grad), c(3, 3))
})

test_that("libtorch's message is the condition's", {
  skip_without_native()
  expect_error(
    scale_add(torch::torch_ones(2, 3), torch::torch_ones(2)),
    "The size of tensor a (3) must match the size of tensor b (2)", fixed = TRUE
  )
})

test_that("a wrong argument is named", {
  expect_error(scale_add(1, 2), "scale_add(): `a` must be a torch_tensor, not 1", fixed = TRUE)
  skip_without_native()
  a <- torch::torch_ones(1)
  expect_error(scale_add(a, a, alpha = c(1, 2)), "`alpha` must be one number", fixed = TRUE)
  expect_error(scale_add(a, a, alpha = NA_real_), "`alpha` must be one number", fixed = TRUE)
})
