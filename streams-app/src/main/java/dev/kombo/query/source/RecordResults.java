package dev.kombo.query.source;

import dev.kombo.query.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Tracks the result of each record of a request: accepted, when the broker has it; rejected, with the reason; or
 * failed, when the broker did not accept it. Only the first rejected records are listed: a response must not be many
 * times as large as its request.
 *
 * @param <R> describes a rejected record
 */
public final class RecordResults<R> {
    private static final int MOST_LISTED = 100;

    private final List<R> listed = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private ApiException first;
    private int rejected;

    private record Sent(CompletableFuture<Void> publication, Function<String, Object> failure) {}

    /** Notes a record that will never be accepted. */
    public void reject(String field, String detail, R rejection) {
        rejected++;
        first = first == null ? ApiException.badField(field, detail) : first;
        if (listed.size() < MOST_LISTED) {
            listed.add(rejection);
        }
    }

    /**
     * Publishes a record.
     *
     * @param failure describes it, given the reason why the broker did not accept it
     */
    public void send(Supplier<CompletableFuture<Void>> publish, Function<String, Object> failure) {
        CompletableFuture<Void> last =
                sent.isEmpty() ? null : sent.get(sent.size() - 1).publication();
        // Each attempt waits for seconds while no broker answers: the result of one that waited applies to those after
        // it.
        boolean silent = last != null
                && last.handle((none, cause) -> (cause instanceof CompletionException ? cause.getCause() : cause)
                                instanceof TimeoutException)
                        .getNow(false);
        sent.add(new Sent(silent ? last : publish.get(), failure));
    }

    public List<R> listed() {
        return listed;
    }

    public int rejected() {
        return rejected;
    }

    /**
     * Waits for the broker.
     *
     * @param what the records, in plural
     * @param counted receives the number accepted, in any case
     * @return number accepted
     * @throws ApiException 503 if the broker did not accept one, 400 if none was accepted and one was rejected
     */
    public int settle(String what, IntConsumer counted) {
        List<Object> failed = new ArrayList<>();
        for (Sent one : sent) {
            String problem = EndpointHelpers.problemOf(one.publication());
            if (problem != null) {
                failed.add(one.failure().apply(problem));
            }
        }
        int accepted = sent.size() - failed.size();
        counted.accept(accepted);
        ApiException problem = null;
        if (!failed.isEmpty()) {
            problem = ApiException.unavailable(
                            "not-published", failed.size() + " " + what + " were not accepted by the broker")
                    .with("failed", failed);
        } else if (accepted == 0) {
            problem = first;
        }
        if (problem != null) {
            throw problem.with("accepted", accepted).with("rejected", listed).with("rejectedCount", rejected);
        }
        return accepted;
    }
}
