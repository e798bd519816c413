package dev.kombo.query;

import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.Parameter;
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
