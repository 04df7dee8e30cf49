import { math } from "../../notation/read-formula.ts";
import { say, type Topic } from "../topic.ts";

/** ∂²L by what a unit is made of, and by the inputs of the step. */
export const hessian = (): Topic => ({
  title: "Second derivatives",
  steps: [
    {
      rule: "the slopes once more",
      formulas: [math`σ''(z) = −σ'(z) tanh(z/2)`, math`tanh''(z) = −{2 tanh(z) tanh'(z)}`],
      reason: say`From $σ'(z) = σ(z) σ(−z)$ follows $σ''(z) = σ'(z)(1 − 2 σ(z))$, and $1 − 2 σ(z) = −tanh(z/2)$. In doubles only the last form will do: near zero the difference cancels, and where a gate is saturated $1 − σ$ is zero.`,
    },
    {
      rule: "a block a unit",
      formulas: [math`∂²L/(∂z_f^(d) ∂z_g^(e)) = 0`],
      reason: say`Once the pre-activations are known the cell works component by component: unit $d$ of $c_t$ and $h_t$ is made of $z_f^(d)$, $z_i^(d)$, $z_o^(d)$, $z_u^(d)$ and $c_{t-1}^(d)$. Between two units $d$ and $e$ there is nothing, for every pair of gates; what is left is a symmetric 5 × 5 block $K^(d)$ for each unit.`,
    },
    {
      rule: say`second chain rule, through $c_t$ and $tanh(c_t)$`,
      formulas: [
        math`a = dh o tanh'(c_t) + dc`,
        math`B = dh o tanh''(c_t)`,
        math`K_{f,f} = B (c_{t-1} σ'(z_f))^2 + a c_{t-1} σ''(z_f)`,
        math`K_{f,i} = B c_{t-1} σ'(z_f) u σ'(z_i)`,
        math`K_{i,u} = B u σ'(z_i) i tanh'(z_u) + a σ'(z_i) tanh'(z_u)`,
        math`K_{f,c} = B c_{t-1} σ'(z_f) f + a σ'(z_f)`,
        math`K_{o,f} = dh σ'(z_o) tanh'(c_t) c_{t-1} σ'(z_f)`,
        math`K_{o,o} = dh tanh(c_t) σ''(z_o)`,
      ],
      reason: say`Two first derivatives of $c_t$ meet where tanh bends, and one second derivative of $c_t$ goes on as the first derivative of $L$ by $c_t$ does. $f c_{t-1}$ and $i u$ are products, so that $c_t$ has mixed derivatives by their factors: by $z_f$ and $c_{t-1}$, by $z_i$ and $z_u$. The output gate stands outside. The other entries have the same form.`,
    },
    {
      rule: "back to the inputs",
      formulas: [math`∂²L/(∂h_{t-1} ∂h_{t-1}) = Σ_d Σ_{g,k} K_{g,k}^(d) (U_g^(d))^⊤ U_k^(d)`],
      reason: say`$z_g$ is linear in $h_{t-1}$ and $x_t$, so there is no summand with its second derivative. With the matrix $M^(d)$ of how $z_f^(d)$, $z_i^(d)$, $z_o^(d)$, $z_u^(d)$ and $c_{t-1}^(d)$ move with the inputs the whole is the sum of $(M^(d))^⊤ K^(d) M^(d)$. By $x_t$ stands $W$ for $U$, and by $c_{t-1}$ the fifth row and column of $K^(d)$ alone. A product with a vector $v$ goes through the same three factors, $M^(d) v$ first, and needs no matrix.`,
      numbers: ["hessian.h_prev.h_prev", "hessian.h_prev.c_prev", "hessian.c_prev.c_prev"],
    },
    {
      rule: "how many eigenvalues",
      formulas: [math`Σ_{g,k} K_{g,k}^(d) (U_g^(d))^⊤ U_k^(d) v = 0`],
      reason: say`Of one unit alone, every $v$ that is orthogonal to its four rows $U_g^(d)$ is mapped to zero: at most four eigenvalues are not. Along an eigenvector of a negative one $L$ bends down, along one of a positive one up.`,
      numbers: ["eigenvalues"],
    },
  ],
});
