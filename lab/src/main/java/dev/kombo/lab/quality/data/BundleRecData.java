package dev.kombo.lab.quality.data;

import dev.kombo.lab.data.BundleRec;
import dev.kombo.lab.data.BundleRecCatalog;
import dev.kombo.lab.data.DataSetFolder;
import dev.kombo.table.Row;
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
    public static final String NAME = BundleRec.NAME;

    private static final String SESSION = "session ID";

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
            this.files =
                    folder.require("user_session.csv", "session_item.csv", "session_bundle.csv", BundleRec.BUNDLE_ITEM);
        }

        BundleRecData read(Path test) throws IOException {
            BundleRecCatalog catalog = BundleRecCatalog.read(folder, leftOut);
            List<int[]> bundleItems = new ArrayList<>();
            BundleRec.pairs(BundleRec.BUNDLE, BundleRec.ITEM).read(files.get(BundleRec.BUNDLE_ITEM), leftOut, row -> {
                String item = row.key(BundleRec.ITEM);
                bundleItems.add(new int[] {bundles.add(row.key(BundleRec.BUNDLE)), items.add(item)});
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
            BundleRec.timedPairs(BundleRec.USER, SESSION).read(file, leftOut, row -> {
                String session = row.key(SESSION);
                if (test && tested.add(session) && sessions.find(session) != IdIndex.UNKNOWN) {
                    return;
                }
                if (sessions.find(session) != IdIndex.UNKNOWN) {
                    throw row.unusable("duplicate-session", SESSION);
                }
                UserSession visit = new UserSession(row.key(BundleRec.USER), BundleRec.time(row));
                sessions.add(session);
                visits.add(visit);
            });
        }

        private List<Session> sessions(Path test) throws IOException {
            List<UserSession> visits = new ArrayList<>();
            visits(files.get("user_session.csv"), visits, false);
            if (test != null) {
                visits(test, visits, true);
            }
            List<int[]> sessionItems = new ArrayList<>();
            BundleRec.pairs(SESSION, BundleRec.ITEM).read(files.get("session_item.csv"), leftOut, row -> {
                int session = known(row, SESSION, sessions, "unknown-session");
                sessionItems.add(new int[] {session, items.add(row.key(BundleRec.ITEM))});
            });
            List<int[]> sessionBundles = new ArrayList<>();
            BundleRec.pairs(SESSION, BundleRec.BUNDLE).read(files.get("session_bundle.csv"), leftOut, row -> {
                int session = known(row, SESSION, sessions, "unknown-session");
                sessionBundles.add(new int[] {session, known(row, BundleRec.BUNDLE, bundles, "unknown-bundle")});
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
