package dev.kombo.lab.study;

import dev.kombo.tracking.Arm;
import java.util.List;

/**
 * Part of an experiment under one version of its strategy.
 *
 * @param users shoppers that enter
 * @param arms the arms with their shares
 * @param season factor on what everybody pays
 */
record Phase(int users, List<Arm> arms, double season) {}
