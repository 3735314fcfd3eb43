"""A kernel learned by gradient descent, a few iterations at a time."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tconv_core import GeometryError, NormalEquations, fit_kernel, kernels, normal_equations
from tconv_ui.upsample.weights import Kernel, Planes

MOST = 200
"""Iterations there can be."""
_FLATTEST = 2e-4  # curvatures below this share of the steepest would take too long to follow


@dataclass(slots=True, eq=False)
class Learning:
    """A descent in progress.

    Attributes:
        problem: The squared error as a function of the kernel.
        best: (k, k), the least-squares kernel.
        kernel: (k, k), where the descent stands.
        losses: Mean squared errors, from iteration 0 on.
        floor: The least-squares kernel's.
        rate, momentum: Of the descent.
        velocity: (k, k), the last step.
    """

    problem: NormalEquations
    best: Kernel
    kernel: Kernel
    losses: list[float]
    floor: float
    rate: float
    momentum: float
    velocity: Kernel = field(repr=False)

    @classmethod
    def start(cls, truth: Planes, stride: int, size: int, seed: int = 0) -> Learning:
        """Return a descent that stands at random weights (He's).

        Args:
            truth: (C, H, W), the picture to be rebuilt from its box-reduced self.
            stride, size: Of the kernel.
            seed: Of the weights.

        Raises:
            GeometryError: As in `tconv_core.fit_kernel`, or the picture is black.

        Source:
            Nesterov 2004, Introductory Lectures on Convex Optimization, section 2.2, for the rate
            and the momentum that suit known curvatures.
        """
        picture = truth.astype(np.float64)
        problem, best = normal_equations(picture, stride, size), fit_kernel(picture, stride, size)
        curvatures = np.linalg.eigvalsh(2 * problem.gram)
        if curvatures[-1] <= 0:
            raise GeometryError("A black picture teaches nothing: choose another.")
        ratio = float(np.sqrt(max(curvatures[0] / curvatures[-1], _FLATTEST)))
        kernel = kernels.he((1, 1), size, stride=stride, seed=seed)[0, 0]
        return cls(
            problem,
            best,
            kernel,
            [problem.loss(kernel)],
            problem.loss(best),
            float(1 / curvatures[-1]),
            (1 - ratio) / (1 + ratio),
            np.zeros_like(kernel),
        )

    @property
    def iteration(self) -> int:
        """Iterations done."""
        return len(self.losses) - 1

    @property
    def done(self) -> bool:
        """Whether there is none left to do."""
        return self.iteration >= MOST

    def advance(self, iterations: int) -> None:
        """Do some iterations, each a step down the slope as it is where momentum leads."""
        for _ in range(min(iterations, MOST - self.iteration)):
            ahead = self.kernel + self.momentum * self.velocity
            lower = ahead - self.rate * self.problem.gradient(ahead)
            self.velocity = lower - self.kernel
            self.kernel = lower
            self.losses.append(self.problem.loss(lower))


def decibels(loss: float) -> float:
    """Return the PSNR of a mean squared error of levels 0 to 255.

    >>> round(decibels(255.0**2), 9)
    0.0
    """
    return float(10 * np.log10(255**2 / max(loss, 1e-12)))
