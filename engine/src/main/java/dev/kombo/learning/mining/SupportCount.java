package dev.kombo.learning.mining;

/** Counts the orders with an item and some of its partners, which are the support of a bundle of them. */
public abstract class SupportCount {
    private int orders;
    private int suggestedOrders;

    SupportCount(int orders, int suggestedOrders) {
        this.orders = orders;
        this.suggestedOrders = suggestedOrders;
    }

    /** Orders with all of them, without those an offer caused; never overestimated. */
    public int orders() {
        return orders;
    }

    /** {@link #orders} when the bundle was last suggested; 0: never. */
    public int suggestedOrders() {
        return suggestedOrders;
    }

    void countOrder() {
        orders++;
    }

    void recordSuggestion() {
        suggestedOrders = orders;
    }

    void recordWithdrawal() {
        suggestedOrders = 0;
    }
}
