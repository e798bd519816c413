package dev.kombo.query.cluster;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.query.cluster.Cluster.Placement;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.ApiResponse;
import dev.kombo.query.http.KomboHeaders;
import dev.kombo.query.http.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers a request from the instance that owns the state, or from all instances where each has a part of it. A request
 * is forwarded at most {@value #MOST_HOPS} times: while partitions move, two instances may each take the other for the
 * owner.
 */
public final class Owners {
    private static final int MOST_HOPS = 2;
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final int LONGEST_NUMBER = 6;
    private static final Logger LOG = LoggerFactory.getLogger(Owners.class);
    /** During a rolling update newer instances answer with fields that this one does not know. */
    private static final ObjectMapper JSON =
            new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private final Cluster cluster;
    private final int partitions;
    private final Peers peers;

    /**
     * @param partitions number of partitions
     */
    public Owners(Cluster cluster, int partitions, Peers peers) {
        this.cluster = cluster;
        this.partitions = partitions;
        this.peers = peers;
    }

    /**
     * Returns the response of the partition's owner, or of a standby if the owner does not answer.
     *
     * @param local answers from this instance's own copy, and marks the response if that is behind
     * @throws ApiException 503 if nobody can answer now
     */
    public ApiResponse answer(Request request, String store, int partition, Supplier<ApiResponse> local) {
        if (cluster.self() == null || request.header(KomboHeaders.STANDBY).isPresent()) {
            return local.get();
        }
        Placement placement = cluster.place(store, partition);
        if (placement.owner() == null) {
            return fromStandbys(request, placement, local);
        }
        String owner = placement.owner().toString();
        try {
            return fromOwner(request, placement, local)
                    .orElseGet(() -> fromStandbys(request, placement, local))
                    .with(KomboHeaders.OWNER, owner);
        } catch (ApiException e) {
            // "Not found" is a response too, and it matters who gave it.
            throw e.header(KomboHeaders.OWNER, owner);
        }
    }

    private Optional<ApiResponse> fromOwner(Request request, Placement placement, Supplier<ApiResponse> local) {
        if (placement.owner().equals(cluster.self())) {
            return fromSelf(placement, local);
        }
        int hops = hops(request);
        if (hops >= MOST_HOPS) {
            throw ApiException.unavailable("state-unavailable", "the partition moves from one instance to another");
        }
        return passOn(placement.owner(), request, Map.of(KomboHeaders.HOPS, Integer.toString(hops + 1)));
    }

    private static Optional<ApiResponse> fromSelf(Placement placement, Supplier<ApiResponse> local) {
        try {
            return Optional.of(local.get());
        } catch (ApiException e) {
            if (e.status() != HttpStatus.SERVICE_UNAVAILABLE_503
                    || placement.standbys().isEmpty()) {
                throw e;
            }
            return Optional.empty();
        }
    }

    private ApiResponse fromStandbys(Request request, Placement placement, Supplier<ApiResponse> local) {
        Map<String, String> headers =
                Map.of(KomboHeaders.HOPS, Integer.toString(MOST_HOPS), KomboHeaders.STANDBY, "true");
        for (Address standby : standbys(placement)) {
            Optional<ApiResponse> answer =
                    standby.equals(cluster.self()) ? fromSelf(placement, local) : passOn(standby, request, headers);
            if (answer.isPresent()) {
                return answer.get();
            }
        }
        throw nobody(placement);
    }

    /** Returns the response of another instance; empty if it gives none, or cannot answer now. */
    private Optional<ApiResponse> passOn(Address peer, Request request, Map<String, String> headers) {
        try {
            return Optional.of(peers.ask(peer, request, headers))
                    .filter(answer -> answer.status() != HttpStatus.SERVICE_UNAVAILABLE_503);
        } catch (IOException e) {
            LOG.debug("{}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the standbys, this instance first. */
    private List<Address> standbys(Placement placement) {
        List<Address> standbys = new ArrayList<>(placement.standbys());
        if (standbys.remove(cluster.self())) {
            standbys.add(0, cluster.self());
        }
        return standbys;
    }

    private static ApiException nobody(Placement placement) {
        String owner = placement.owner() == null
                ? "nobody owns the partition now"
                : placement.owner() + ", the owner, does not answer";
        return ApiException.unavailable(
                "state-unavailable",
                owner + (placement.standbys().isEmpty() ? ", and there is no standby" : ", nor can a standby"));
    }

    private static int hops(Request request) {
        String hops = request.header(KomboHeaders.HOPS).orElse("0");
        return hops.matches("\\d") ? Integer.parseInt(hops) : MOST_HOPS;
    }

    /** Returns the partitions that another instance requests of this one; empty for a client's request. */
    public Optional<List<Integer>> wanted(Request request) {
        return request.header(KomboHeaders.PARTITIONS).map(text -> {
            Set<Integer> wanted = new LinkedHashSet<>();
            for (String number : text.split(",", partitions + 1)) {
                int partition = number.length() <= LONGEST_NUMBER
                                && DIGITS.matcher(number).matches()
                        ? Integer.parseInt(number)
                        : partitions;
                if (partition >= partitions || !wanted.add(partition)) {
                    throw ApiException.badField(
                            KomboHeaders.PARTITIONS, "different numbers below " + partitions + " are expected");
                }
            }
            return List.copyOf(wanted);
        });
    }

    /**
     * Combines the parts of all instances that have partitions of a store, with each partition exactly once; or returns
     * this instance's part if another instance gathers.
     *
     * @param local the part of this instance, for the given partitions
     * @param type of a part, as it comes from other instances
     * @param whole combines the parts into the response
     * @throws ApiException 503 if a partition is missing
     */
    public <T> ApiResponse gather(
            Request request,
            String store,
            Function<List<Integer>, T> local,
            Class<T> type,
            Function<List<T>, ApiResponse> whole) {
        return wanted(request)
                .map(wanted -> ApiResponse.ok(local.apply(wanted)))
                .orElseGet(() -> whole.apply(parts(request, store, local, type)));
    }

    private <T> List<T> parts(Request request, String store, Function<List<Integer>, T> local, Class<T> type) {
        List<T> parts = new ArrayList<>();
        List<Integer> own = new ArrayList<>();
        Set<Address> silent = new HashSet<>();
        List<Integer> left = IntStream.range(0, partitions).boxed().toList();
        while (!left.isEmpty()) {
            Map<Address, List<Integer>> shares = new LinkedHashMap<>();
            for (int partition : left) {
                if (cluster.self() == null) {
                    own.add(partition);
                } else {
                    shares.computeIfAbsent(whoHas(cluster.place(store, partition), silent), who -> new ArrayList<>())
                            .add(partition);
                }
            }
            own.addAll(Objects.requireNonNullElse(shares.remove(cluster.self()), List.of()));
            List<Integer> unanswered = new ArrayList<>();
            shares.forEach((peer, share) -> ask(peer, request, share, type).ifPresentOrElse(parts::add, () -> {
                silent.add(peer);
                unanswered.addAll(share);
            }));
            left = unanswered;
        }
        if (!own.isEmpty()) {
            parts.add(local.apply(own));
        }
        return parts;
    }

    /** Returns the owner, or else a standby, that is not known to be silent. */
    private Address whoHas(Placement placement, Set<Address> silent) {
        return Stream.concat(Stream.ofNullable(placement.owner()), standbys(placement).stream())
                .filter(address -> !silent.contains(address))
                .findFirst()
                .orElseThrow(() -> nobody(placement));
    }

    private <T> Optional<T> ask(Address peer, Request request, List<Integer> partitions, Class<T> type) {
        String list = String.join(",", partitions.stream().map(Object::toString).toList());
        try {
            ApiResponse answer = peers.ask(
                    peer,
                    request,
                    Map.of(KomboHeaders.HOPS, Integer.toString(MOST_HOPS), KomboHeaders.PARTITIONS, list));
            return answer.status() == HttpStatus.OK_200 && answer.body() instanceof ApiResponse.Content content
                    ? Optional.of(JSON.readValue(content.bytes(), type))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.debug("{}", e.getMessage());
            return Optional.empty();
        }
    }

    /** Returns the responses of the other instances to the same request; empty for one that does not answer. */
    public <T> Map<Address, Optional<T>> askOthers(Request request, Class<T> type) {
        Map<Address, Optional<T>> answers = new LinkedHashMap<>();
        for (Address instance : cluster.instances()) {
            if (!instance.equals(cluster.self())) {
                answers.put(instance, ask(instance, request, List.of(0), type));
            }
        }
        return answers;
    }
}
