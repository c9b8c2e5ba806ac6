"""Coverage as a mixed-integer model for HiGHS (PyPI `highspy`). Not a script.

The model is merged: points that the same sites cover are one. One row for each: served no more than sites of its are
chosen; one row for the number of sites. Serving needs not be whole, choosing does.
"""

import collections
import time

import highspy
import numpy

Answer = collections.namedtuple("Answer", "value bound proven seconds")


def model_of(weights, covers, sites, p):
    """`covers` gives for each demand the numbers of the sites that cover it."""
    merged = collections.defaultdict(int)
    for demand, by in covers.items():
        merged[tuple(sorted(by))] += weights[demand]
    m = len(merged)
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = sites + m, m + 1
    model.col_cost_ = numpy.concatenate([numpy.zeros(sites), -numpy.array(list(merged.values()), float)])
    model.col_lower_, model.col_upper_ = numpy.zeros(sites + m), numpy.ones(sites + m)
    model.row_lower_ = numpy.append(numpy.zeros(m), float(p))
    model.row_upper_ = numpy.append(numpy.full(m, highspy.kHighsInf), float(p))
    start, index, value = [0], [], []
    for number, by in enumerate(merged):
        index += [*by, sites + number]
        value += [1.0] * len(by) + [-1.0]
        start.append(len(index))
    index += range(sites)
    value += [1.0] * sites
    start.append(len(index))
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = start, index, value
    model.integrality_ = [highspy.HighsVarType.kInteger] * sites + [highspy.HighsVarType.kContinuous] * m
    return model


def solve(weights, covers, sites, p, limit):
    """The most weight within reach of p sites; building the model is not counted."""
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("mip_rel_gap", 0.0)
    if limit is not None:
        solver.setOptionValue("time_limit", float(limit))
    solver.passModel(model_of(weights, covers, sites, p))
    started = time.perf_counter()
    solver.run()
    seconds = time.perf_counter() - started
    info = solver.getInfo()
    # Until the first relaxation is solved there is no bound but everybody.
    everybody = sum(weights[demand] for demand in covers)
    bound = min(everybody, -info.mip_dual_bound)
    has_plan = info.primal_solution_status == 2
    value = -info.objective_function_value if has_plan else None
    proven = solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return Answer(value, bound, proven, seconds)
