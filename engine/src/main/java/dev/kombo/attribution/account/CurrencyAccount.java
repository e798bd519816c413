package dev.kombo.attribution.account;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.codec.Fields;

/**
 * The money of one arm of an experiment in one currency; amounts of different currencies are never added.
 *
 * @param currency ISO 4217 code
 * @param revenueMinor revenue of all purchases, less returns, in minor units
 * @param attributedMinor the part attributed to offers, in minor units
 * @param viewThroughMinor the attributed part from bundles that were seen but not clicked, in minor units
 * @param savingMinor saving given with what is attributed, in minor units
 * @param revenueSquares sum of the squares of single purchase lines' revenue, in squared minor units; returns do not
 *     lower it
 */
public record CurrencyAccount(
        String currency,
        long revenueMinor,
        long attributedMinor,
        long viewThroughMinor,
        long savingMinor,
        double revenueSquares) {
    /** Stands for an account that is to be read. */
    static final CurrencyAccount BLANK = new CurrencyAccount("");

    /** No money yet. */
    CurrencyAccount(String currency) {
        this(currency, 0, 0, 0, 0, 0);
    }

    CurrencyAccount fields(Fields f) {
        return new CurrencyAccount(
                f.text(currency),
                f.number(revenueMinor),
                f.number(attributedMinor),
                f.number(viewThroughMinor),
                f.number(savingMinor),
                f.real(revenueSquares));
    }

    /** Returns the account with the money of an outcome added. */
    CurrencyAccount plus(Outcome outcome) {
        Amount amount = outcome.bought().amount();
        long revenue = amount.revenueMinor();
        if (outcome.kind() == OutcomeKind.PURCHASED) {
            double square = outcome.bought().quantity() > 0 ? (double) revenue * revenue : 0;
            return new CurrencyAccount(
                    currency,
                    Amount.sum(revenueMinor, revenue),
                    attributedMinor,
                    viewThroughMinor,
                    savingMinor,
                    revenueSquares + square);
        }
        return new CurrencyAccount(
                currency,
                revenueMinor,
                Amount.sum(attributedMinor, revenue),
                Amount.sum(viewThroughMinor, outcome.bought().viewThrough() ? revenue : 0),
                Amount.sum(savingMinor, amount.savingMinor()),
                revenueSquares);
    }
}
