package dev.kombo.query.source;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.Item;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.KomboHeaders;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Parameters, tokens of pages, titles, and the wait for the broker, which several groups of endpoints share. */
public final class EndpointHelpers {
    public static final Parameter SESSION =
            Parameter.flag("session", "Whether the id is a session id instead of a user id.");
    public static final Parameter AT =
            Parameter.time("at", "Time to answer for, epoch milliseconds of events; default: the shop's current time.");
    public static final Parameter PLACEMENT = Parameter.text("placement", "Placement in the shop, such as cart.");

    private static final int LONGEST_WAIT_SECONDS = 15;

    private EndpointHelpers() {}

    /** A parameter for the number of entries in a response. */
    public static Parameter limit(int most, int standard) {
        return Parameter.whole("limit", 1, most, "Maximum number of entries; default " + standard + ".");
    }

    /** A parameter for the position at which a list continues. */
    public static Parameter after() {
        return Parameter.text("after", "Value of next from the previous page; default: the first page.");
    }

    /** Encodes a position for {@link #after}. */
    public static String token(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Decodes the position of a token; empty if none is given.
     *
     * @throws ApiException 400 if it is invalid
     */
    public static String placeAfter(Request request) {
        String token = request.text("after");
        try {
            return token == null ? "" : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw badPlace();
        }
    }

    public static ApiException badPlace() {
        return ApiException.badField("after", "after must be the value of next from an earlier page");
    }

    /** Returns a response, whose header says so if a part of it comes from a copy that may be behind. */
    public static ApiResponse withStaleness(Object view, boolean stale) {
        return stale ? ApiResponse.ok(view).with(KomboHeaders.STALE, "true") : ApiResponse.ok(view);
    }

    /** Returns the title of an item; null if it is not in the catalogue. */
    public static String itemTitle(CatalogIndex catalog, String itemId) {
        Item item = catalog.item(itemId);
        return item == null ? null : item.title();
    }

    /** Returns the title of a bundle; null if it is not in the catalogue. */
    public static String bundleTitle(CatalogIndex catalog, String bundleId) {
        BundleEntry entry = catalog.bundle(bundleId);
        return entry == null ? null : entry.bundle().title();
    }

    /**
     * Waits until the broker has a record.
     *
     * @throws ApiException 503 if it does not accept it
     */
    public static void await(CompletableFuture<Void> publication) {
        String problem = problemOf(publication);
        if (problem != null) {
            throw ApiException.unavailable("not-published", problem);
        }
    }

    /** Waits until the broker has a record; returns null, or why the broker did not accept it. */
    static String problemOf(CompletableFuture<Void> publication) {
        try {
            publication.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return "the broker did not accept it: " + e.getCause().getMessage();
        } catch (TimeoutException e) {
            return "the broker did not answer in time";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while publishing";
        }
    }
}
