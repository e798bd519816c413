package dev.kombo.webhook;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/**
 * What became of an attempt.
 *
 * @param verdict what follows from it
 * @param reason status, timeout or exception, for people and metrics
 * @param retryAfterMillis how long the receiver wants to be left alone; 0 where it does not say
 */
record Answer(Verdict verdict, String reason, long retryAfterMillis) {
    enum Verdict {
        DELIVERED,
        /** It may work later. */
        RETRY,
        /** It will not: the offer goes to dead-letter. */
        REFUSED,
        /** The receiver wants nothing any more. */
        GONE
    }

    private static final int SUCCESS = 2;
    private static final int CLIENT_ERROR = 4;
    private static final int GONE = 410;

    /** An answer that came. */
    static Answer of(int status, String retryAfter, long epochMillis) {
        Verdict verdict =
                switch (status) {
                    case GONE -> Verdict.GONE;
                        // 401, 403, 404, 405, 407 speak of secrets, addresses and proxies, and not of the offer.
                    case 401, 403, 404, 405, 407, 408, 425, 429 -> Verdict.RETRY;
                    default -> status / 100 == SUCCESS
                            ? Verdict.DELIVERED
                            // A redirect is not followed: whoever answers could send offers anywhere.
                            : status / 100 == CLIENT_ERROR ? Verdict.REFUSED : Verdict.RETRY;
                };
        return new Answer(
                verdict, Integer.toString(status), verdict == Verdict.RETRY ? millis(retryAfter, epochMillis) : 0);
    }

    /** No answer came. */
    static Answer failed(Throwable failure) {
        return new Answer(Verdict.RETRY, failure.getClass().getSimpleName(), 0);
    }

    /** The header's seconds or its date (RFC 9110); what is neither says nothing. */
    private static long millis(String retryAfter, long epochMillis) {
        if (retryAfter == null) {
            return 0;
        }
        try {
            return retryAfter.matches("\\d{1,9}")
                    ? 1000 * Long.parseLong(retryAfter)
                    : Math.max(
                            0,
                            ZonedDateTime.parse(retryAfter, DateTimeFormatter.RFC_1123_DATE_TIME)
                                            .toInstant()
                                            .toEpochMilli()
                                    - epochMillis);
        } catch (DateTimeException e) {
            return 0;
        }
    }
}
