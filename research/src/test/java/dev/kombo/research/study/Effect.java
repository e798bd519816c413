package dev.kombo.research.study;

/**
 * What an arm does to the shoppers in it.
 *
 * @param frequency factor on how often they buy
 * @param basket factor on what they pay each time
 */
record Effect(double frequency, double basket) {
    static final Effect NONE = new Effect(1, 1);
}
