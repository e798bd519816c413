package dev.kombo.webhook;

import java.time.DateTimeException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Result of one delivery attempt.
 *
 * @param deliveryStatus what to do next
 * @param reason status, timeout or exception, for people and metrics
 * @param retryAfterMillis how long the receiver asks to wait; 0 if it does not say
 */
record ReceiverResponse(DeliveryStatus deliveryStatus, String reason, long retryAfterMillis) {
    enum DeliveryStatus {
        DELIVERED,
        /** The attempt may succeed later. */
        RETRY,
        /** The receiver will never accept it: the offer goes to dead-letter. */
        REFUSED,
        /** The receiver wants no more offers. */
        GONE
    }

    private static final int SUCCESS = 2;
    private static final int CLIENT_ERROR = 4;

    /** RFC 8470. */
    private static final int TOO_EARLY = 425;

    private static final long MILLIS_A_SECOND = 1000;

    /** The result of a response. */
    static ReceiverResponse of(int status, String retryAfter, long epochMillis) {
        DeliveryStatus deliveryStatus = switch (status) {
            case HttpStatus.GONE_410 -> DeliveryStatus.GONE;
            // 401, 403, 404, 405 and 407 concern secrets, addresses and proxies, not the offer.
            case HttpStatus.UNAUTHORIZED_401,
                    HttpStatus.FORBIDDEN_403,
                    HttpStatus.NOT_FOUND_404,
                    HttpStatus.METHOD_NOT_ALLOWED_405,
                    HttpStatus.PROXY_AUTHENTICATION_REQUIRED_407,
                    HttpStatus.REQUEST_TIMEOUT_408,
                    TOO_EARLY,
                    HttpStatus.TOO_MANY_REQUESTS_429 -> DeliveryStatus.RETRY;
            default ->
                status / 100 == SUCCESS
                        ? DeliveryStatus.DELIVERED
                        // A redirect is not followed: the responder could send offers anywhere.
                        : status / 100 == CLIENT_ERROR ? DeliveryStatus.REFUSED : DeliveryStatus.RETRY;
        };
        return new ReceiverResponse(
                deliveryStatus,
                Integer.toString(status),
                deliveryStatus == DeliveryStatus.RETRY ? millis(retryAfter, epochMillis) : 0);
    }

    /** The result of an attempt without a response. */
    static ReceiverResponse failed(Throwable failure) {
        return new ReceiverResponse(DeliveryStatus.RETRY, failure.getClass().getSimpleName(), 0);
    }

    /** Milliseconds from the header's seconds or date (RFC 9110); 0 if it is neither. */
    private static long millis(String retryAfter, long epochMillis) {
        if (retryAfter == null) {
            return 0;
        }
        try {
            return retryAfter.matches("\\d{1,9}")
                    ? MILLIS_A_SECOND * Long.parseLong(retryAfter)
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
