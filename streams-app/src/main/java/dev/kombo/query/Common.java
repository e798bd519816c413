package dev.kombo.query;

import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.query.http.Answer;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.Headers;
import dev.kombo.query.http.Parameter;
import dev.kombo.query.http.Request;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What several routes need. */
final class Common {
    static final Parameter SESSION = Parameter.flag("session", "Whether the id is that of a session, not of a user.");
    static final Parameter AT = Parameter.time(
            "at", "The moment to answer for, epoch milliseconds of events; unless given, the time of the shop now.");
    static final Parameter PLACEMENT =
            Parameter.text("placement", "Where in the shop it is meant to be shown, such as cart.");

    private static final int LONGEST_WAIT_SECONDS = 15;

    private Common() {}

    /** How many entries to answer with. */
    static Parameter limit(int most, int standard) {
        return Parameter.whole("limit", 1, most, "Most entries; " + standard + " unless given.");
    }

    /** Where a list goes on. */
    static Parameter after() {
        return Parameter.text("after", "Value of next in the page before; unless given, the first page.");
    }

    /** The place at which a list goes on, for {@link #after}. */
    static String token(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The place of a token; empty unless one is given.
     *
     * @throws ApiException 400 where it is none
     */
    static String placeAfter(Request request) {
        String token = request.text("after");
        try {
            return token == null ? "" : new String(Base64.getUrlDecoder().decode(token), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw badPlace();
        }
    }

    static ApiException badPlace() {
        return ApiException.badField("after", "after must be the value of next in an earlier page");
    }

    /** An answer; marked where a part comes from a copy that may be behind. */
    static Answer marked(Object view, boolean stale) {
        return stale ? Answer.ok(view).with(Headers.STALE, "true") : Answer.ok(view);
    }

    /** The time of the shop, as far as the instance knows it. */
    static long shopTime(QuerySources sources) {
        long systemTime = sources.clock().now();
        return sources.engine().models().time().at(systemTime, systemTime);
    }

    /**
     * Whether a bundle was stopped or taken out. While the catalogue is still being read, what is not there yet has not
     * ended.
     */
    static boolean ended(QuerySources sources, String bundleId) {
        BundleEntry entry = sources.engine().models().catalog().bundle(bundleId);
        return entry == null ? sources.health().informed() : entry.bundle().stopped();
    }

    /** What the catalogue calls an item; null where it does not know it. */
    static String itemTitle(CatalogIndex catalog, String itemId) {
        Item item = catalog.item(itemId);
        return item == null ? null : item.title();
    }

    /** What the catalogue calls a bundle; null where it does not know it. */
    static String bundleTitle(CatalogIndex catalog, String bundleId) {
        BundleEntry entry = catalog.bundle(bundleId);
        return entry == null ? null : entry.bundle().title();
    }

    /**
     * Refuses while the instance knows only a part: that something is missing there means nothing.
     *
     * @throws ApiException 503 then
     */
    static void requireInformed(QuerySources sources) {
        if (!sources.health().informed()) {
            throw ApiException.unavailable(
                    "state-unavailable", "the instance is " + sources.health().state());
        }
    }

    /**
     * Waits until the broker has a record.
     *
     * @throws ApiException 503 where it does not take it
     */
    static void await(CompletableFuture<Void> publication) {
        String problem = problemOf(publication);
        if (problem != null) {
            throw ApiException.unavailable("not-published", problem);
        }
    }

    /** Waits likewise; null, or why the broker did not take it. */
    static String problemOf(CompletableFuture<Void> publication) {
        try {
            publication.get(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            return null;
        } catch (ExecutionException e) {
            return "the broker did not take it: " + e.getCause().getMessage();
        } catch (TimeoutException e) {
            return "the broker did not answer in time";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted while publishing";
        }
    }
}
