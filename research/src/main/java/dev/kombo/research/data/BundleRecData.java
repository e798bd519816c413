package dev.kombo.research.data;

import dev.kombo.table.FileLayout;
import dev.kombo.table.Row;
import dev.kombo.table.TimeFormat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The public data set BundleRec (Sun et al., SIGIR 2022): sessions of users at Amazon, and the bundles that people saw
 * in them. Times denote a day. Only about a fifth of the users have more than one bundle. A session may contain items
 * that are in no bundle, and these have neither title nor category.
 *
 * @param users ids of the users by number
 * @param items ids of the items by number
 * @param bundles ids of the bundles by number
 * @param sessions in order of time; those with the same time in the order of the file
 * @param bundleItems items of each bundle, ascending and each once
 * @param tested ids of the sessions of the test file
 * @param catalog titles and categories by item id
 * @param leftOut number of unusable rows, by name of the file and reason: some sessions, for example, have items, but
 *     no user
 */
public record BundleRecData(
        IdIndex users,
        IdIndex items,
        IdIndex bundles,
        List<Session> sessions,
        int[][] bundleItems,
        Set<String> tested,
        BundleRecCatalog catalog,
        SortedMap<String, Long> leftOut) {
    /** Name of the data set. */
    public static final String NAME = "bundlerec";

    static final String ITEM = "item ID";
    private static final String USER = "user ID";
    private static final String BUNDLE = "bundle ID";
    private static final String SESSION = "session ID";
    private static final String TIME = "timestamp";

    private static final String USER_SESSION = "user_session.csv";
    private static final String SESSION_ITEM = "session_item.csv";
    private static final String SESSION_BUNDLE = "session_bundle.csv";
    private static final String BUNDLE_ITEM = "bundle_item.csv";

    private static final TimeFormat TIMES = TimeFormat.epochSeconds();

    /**
     * A session.
     *
     * @param user number of the user
     * @param time epoch milliseconds of the day
     * @param items numbers of the items, ascending and each once
     * @param bundles numbers of the bundles seen in it, ascending; may be empty
     */
    public record Session(String id, int user, long time, int[] items, int[] bundles) {}

    /**
     * Reads the folder of one domain, such as {@code electronic}.
     *
     * @param test file of sessions, as {@code user_session.csv}, that are tested; they may be in that file too. Null:
     *     none
     * @throws dev.kombo.table.DataException if files are missing, do not have the layout, or have no usable row
     * @throws IOException if a file cannot be read
     */
    public static BundleRecData read(Path folder, Path test) throws IOException {
        return new Reader(DataSetFolder.of(NAME, folder)).read(test);
    }

    private static final class Reader {
        private final DataSetFolder folder;
        private final Map<String, Path> files;
        private final IdIndex users = new IdIndex();
        private final IdIndex items = new IdIndex();
        private final IdIndex bundles = new IdIndex();
        private final IdIndex sessions = new IdIndex();
        private final Set<String> tested = new HashSet<>();
        private final SortedMap<String, Long> leftOut = new TreeMap<>();

        Reader(DataSetFolder folder) {
            this.folder = folder;
            this.files = folder.require(USER_SESSION, SESSION_ITEM, SESSION_BUNDLE, BUNDLE_ITEM);
        }

        BundleRecData read(Path test) throws IOException {
            BundleRecCatalog catalog = BundleRecCatalog.read(folder, leftOut);
            List<int[]> bundleItems = new ArrayList<>();
            FileLayout.withHeader(NAME, BUNDLE, ITEM).read(files.get(BUNDLE_ITEM), leftOut, row -> {
                String item = row.key(ITEM);
                bundleItems.add(new int[] {bundles.add(row.key(BUNDLE)), items.add(item)});
            });
            List<Session> visits = sessions(test);
            return new BundleRecData(
                    users,
                    items,
                    bundles,
                    visits,
                    IdPairs.of(bundleItems).byFirst(bundles.size()),
                    tested,
                    catalog,
                    leftOut);
        }

        private void visits(Path file, List<UserSession> visits, boolean test) throws IOException {
            FileLayout.withHeader(NAME, USER, SESSION, TIME).read(file, leftOut, row -> {
                String session = row.key(SESSION);
                if (test && tested.add(session) && sessions.find(session) != IdIndex.UNKNOWN) {
                    return;
                }
                if (sessions.find(session) != IdIndex.UNKNOWN) {
                    throw row.unusable("duplicate-session", SESSION);
                }
                UserSession visit = new UserSession(row.key(USER), TIMES.epochMillis(row, TIME));
                sessions.add(session);
                visits.add(visit);
            });
        }

        private List<Session> sessions(Path test) throws IOException {
            List<UserSession> visits = new ArrayList<>();
            visits(files.get(USER_SESSION), visits, false);
            if (test != null) {
                visits(test, visits, true);
            }
            List<int[]> sessionItems = new ArrayList<>();
            FileLayout.withHeader(NAME, SESSION, ITEM).read(files.get(SESSION_ITEM), leftOut, row -> {
                int session = known(row, SESSION, sessions, "unknown-session");
                sessionItems.add(new int[] {session, items.add(row.key(ITEM))});
            });
            List<int[]> sessionBundles = new ArrayList<>();
            FileLayout.withHeader(NAME, SESSION, BUNDLE).read(files.get(SESSION_BUNDLE), leftOut, row -> {
                int session = known(row, SESSION, sessions, "unknown-session");
                sessionBundles.add(new int[] {session, known(row, BUNDLE, bundles, "unknown-bundle")});
            });
            int[][] itemsOf = IdPairs.of(sessionItems).byFirst(sessions.size());
            int[][] bundlesOf = IdPairs.of(sessionBundles).byFirst(sessions.size());
            List<Session> read = new ArrayList<>(visits.size());
            for (int session = 0; session < visits.size(); session++) {
                UserSession visit = visits.get(session);
                read.add(new Session(
                        sessions.id(session),
                        users.add(visit.user()),
                        visit.time(),
                        itemsOf[session],
                        bundlesOf[session]));
            }
            read.sort(Comparator.comparingLong(Session::time));
            return read;
        }

        private static int known(Row row, String column, IdIndex ids, String otherwise) {
            int number = ids.find(row.key(column));
            if (number == IdIndex.UNKNOWN) {
                throw row.unusable(otherwise, column);
            }
            return number;
        }
    }

    private record UserSession(String user, long time) {}
}
