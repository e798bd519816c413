package dev.kombo.lab.simulation;

import java.util.List;

/**
 * What a shopper does in one visit if there is no offer.
 *
 * @param number of the shopper's visits, from 0
 * @param day of the simulation, from 0
 * @param lines items bought, in the order in which they go into the cart
 * @param browsed for each line, an item viewed before; -1: none
 * @param history what was bought in earlier visits
 */
record Visit(int number, int day, int[] lines, int[] browsed, List<Integer> history) {}
