package dev.kombo.table;

/** Reads the numbers of a file as that file writes them. A text that is none rejects its row. */
public interface NumberReader {
    /** Numbers as in a file of the catalogue: 12.99 or 12,99, without a sign of the currency or marks of thousands. */
    NumberReader PLAIN = new NumberReader() {
        @Override
        public long minor(String column, String text, String currency) {
            return Amounts.minor(column, text, currency);
        }

        @Override
        public long whole(String column, String text) {
            try {
                return Amounts.decimal(column, text).longValueExact();
            } catch (ArithmeticException | RejectedRowException e) {
                throw RejectedRowException.unparsable(column, "expected a whole number, found " + text);
            }
        }
    };

    /** Returns an amount in minor units of its currency. */
    long minor(String column, String text, String currency);

    /** Returns a whole number. */
    long whole(String column, String text);
}
