package dev.kombo.lab.quality.data;

import dev.kombo.lab.replay.BundleRecCatalog;
import dev.kombo.lab.replay.Fields;
import dev.kombo.lab.replay.TableFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * BundleRec (Sun et al., SIGIR 2022): sessions of users at Amazon, and the bundles that people saw in them. Times name a
 * day. Only about a fifth of the users has more than one bundle. A session may hold items that are in no bundle, and
 * these have neither title nor category.
 *
 * @param users ids of the users by number
 * @param items ids of the items by number
 * @param bundles ids of the bundles by number
 * @param sessions in order of time, those of one time in the order of the file
 * @param bundleItems items of each bundle, ascending and each once
 * @param userBundles in order of time, those of one time in the order of the file
 * @param catalog titles and categories by item id
 */
public record BundleRecData(
        IdIndex users,
        IdIndex items,
        IdIndex bundles,
        List<Session> sessions,
        int[][] bundleItems,
        List<UserBundle> userBundles,
        BundleRecCatalog catalog) {
    /** Name of the data set. */
    public static final String NAME = "bundlerec";

    private static final String USER = "user ID";
    private static final String SESSION = "session ID";
    private static final String ITEM = "item ID";
    private static final String BUNDLE = "bundle ID";
    private static final String TIME = "timestamp";

    /**
     * A visit.
     *
     * @param user number of the user
     * @param time epoch milliseconds of the day
     * @param items numbers of the items, ascending and each once
     * @param bundles numbers of the bundles seen in it, ascending; may be empty
     */
    public record Session(String id, int user, long time, int[] items, int[] bundles) {}

    /**
     * A bundle that a user took.
     *
     * @param user number of the user
     * @param bundle number of the bundle
     * @param time epoch milliseconds of the day
     */
    public record UserBundle(int user, int bundle, long time) {}

    /** Copies the lists. */
    public BundleRecData {
        sessions = List.copyOf(sessions);
        userBundles = List.copyOf(userBundles);
    }

    /**
     * Reads the folder of one domain, such as {@code electronic}.
     *
     * @throws DataSetException when files are missing, or a file names bundles or sessions that the others do not know
     * @throws dev.kombo.lab.replay.ReplayException naming file and line of a row that is not of the layout
     * @throws IOException when a file cannot be read
     */
    public static BundleRecData read(Path folder) throws IOException {
        DataSetFolder files = DataSetFolder.of(NAME, folder);
        Map<String, Path> found = files.require(
                "user_session.csv", "session_item.csv", "session_bundle.csv", "bundle_item.csv", "user_bundle.csv");
        BundleRecCatalog catalog =
                BundleRecCatalog.read(files.find("item_titles.csv"), files.find("item_categories.csv"));
        IdIndex users = new IdIndex();
        IdIndex items = new IdIndex();
        IdIndex bundles = new IdIndex();
        IdIndex sessionIds = new IdIndex();
        List<Stay> stays = stays(found.get("user_session.csv"), users, sessionIds);
        int[][] bundleItems = group(found.get("bundle_item.csv"), BUNDLE, bundles, ITEM, items);
        int[][] sessionItems = group(found.get("session_item.csv"), SESSION, sessionIds, ITEM, items);
        int[][] sessionBundles = group(found.get("session_bundle.csv"), SESSION, sessionIds, BUNDLE, bundles);
        if (bundles.size() > bundleItems.length || sessionIds.size() > stays.size()) {
            throw new DataSetException("%s: bundle_item.csv knows %d of %d bundles, user_session.csv %d of %d sessions"
                    .formatted(folder, bundleItems.length, bundles.size(), stays.size(), sessionIds.size()));
        }
        List<Session> sessions = new ArrayList<>(stays.size());
        for (int session = 0; session < stays.size(); session++) {
            Stay stay = stays.get(session);
            sessions.add(new Session(
                    sessionIds.id(session), stay.user(), stay.time(), sessionItems[session], sessionBundles[session]));
        }
        sessions.sort(Comparator.comparingLong(Session::time));
        List<UserBundle> userBundles = userBundles(found.get("user_bundle.csv"), users, bundles);
        return new BundleRecData(users, items, bundles, sessions, bundleItems, userBundles, catalog);
    }

    private record Stay(int user, long time) {}

    private static List<Stay> stays(Path file, IdIndex users, IdIndex sessions) throws IOException {
        List<Stay> stays = new ArrayList<>();
        TableFile.withHeader("bundlerec user_session", USER, SESSION, TIME).read(file, row -> {
            if (sessions.add(row.key(SESSION)) != stays.size()) {
                throw new DataSetException(file + " names session " + row.key(SESSION) + " twice");
            }
            stays.add(new Stay(users.add(row.key(USER)), millis(row)));
        });
        return stays;
    }

    private static List<UserBundle> userBundles(Path file, IdIndex users, IdIndex bundles) throws IOException {
        List<UserBundle> pairs = new ArrayList<>();
        TableFile.withHeader("bundlerec user_bundle", USER, BUNDLE, TIME).read(file, row -> {
            int bundle = bundles.find(row.key(BUNDLE));
            if (bundle == IdIndex.UNKNOWN) {
                throw new DataSetException(file + " names bundle " + row.key(BUNDLE) + ", which has no items");
            }
            pairs.add(new UserBundle(users.add(row.key(USER)), bundle, millis(row)));
        });
        pairs.sort(Comparator.comparingLong(UserBundle::time));
        return pairs;
    }

    private static long millis(Fields row) {
        return Instant.ofEpochSecond(row.index(TIME, Integer.MAX_VALUE)).toEpochMilli();
    }

    /** The second ids of each first one, in numbers. */
    private static int[][] group(Path file, String first, IdIndex firstIds, String second, IdIndex secondIds)
            throws IOException {
        List<int[]> pairs = new ArrayList<>();
        TableFile.withHeader("bundlerec pairs", first, second)
                .read(file, row -> pairs.add(new int[] {firstIds.add(row.key(first)), secondIds.add(row.key(second))}));
        return new IdPairs(
                        pairs.stream().mapToInt(pair -> pair[0]).toArray(),
                        pairs.stream().mapToInt(pair -> pair[1]).toArray())
                .byFirst(firstIds.size());
    }
}
