package dev.kombo.tracking;

/** Money of an arm in one currency; amounts of different currencies are never added. Touched by one thread. */
public final class CurrencyAccount {
    private final String currency;
    private long revenueMinor;
    private long attributedMinor;
    private long viewThroughMinor;
    private long savingMinor;
    private double revenueSquares;

    /** No money yet in a currency, an ISO 4217 code. */
    public CurrencyAccount(String currency) {
        this.currency = currency;
    }

    /** Puts back what was stored. */
    public void restore(long revenue, long attributed, long viewThrough, long saving, double squares) {
        revenueMinor = revenue;
        attributedMinor = attributed;
        viewThroughMinor = viewThrough;
        savingMinor = saving;
        revenueSquares = squares;
    }

    /** ISO 4217 code. */
    public String currency() {
        return currency;
    }

    /** Revenue of all purchases, less returns, in minor units. */
    public long revenueMinor() {
        return revenueMinor;
    }

    /** Part of it attributed to offers, in minor units. */
    public long attributedMinor() {
        return attributedMinor;
    }

    /** Part of what is attributed, of bundles that were seen but not clicked, in minor units. */
    public long viewThroughMinor() {
        return viewThroughMinor;
    }

    /** Saving given with what is attributed, in minor units. */
    public long savingMinor() {
        return savingMinor;
    }

    /** Sum of the squares of single purchase lines' revenue, in squared minor units; returns do not lower it. */
    public double revenueSquares() {
        return revenueSquares;
    }

    void apply(Outcome outcome) {
        Amount amount = outcome.amount();
        if (outcome.kind() == OutcomeKind.PURCHASED) {
            revenueMinor += amount.revenueMinor();
            if (outcome.quantity() > 0) {
                revenueSquares += (double) amount.revenueMinor() * amount.revenueMinor();
            }
        } else {
            attributedMinor += amount.revenueMinor();
            viewThroughMinor += outcome.viewThrough() ? amount.revenueMinor() : 0;
            savingMinor += amount.savingMinor();
        }
    }
}
