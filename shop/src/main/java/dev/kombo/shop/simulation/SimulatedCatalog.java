package dev.kombo.shop.simulation;

import dev.kombo.console.Figures;
import dev.kombo.math.StableHash;
import dev.kombo.price.BundleDraft;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.Item;
import dev.kombo.serde.CatalogMapper;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The catalogue of the simulated shop: 500 items in 20 categories and 500 bundles of 2 to 4 items that are bought
 * together, at a discount of about a tenth. Only the records are published; traits, complements and demand are hidden.
 * Items and bundles are identified by their index. Immutable.
 */
final class SimulatedCatalog {
    static final int ITEMS = 500;
    static final int BUNDLES = 500;
    /** Dimensions of preference. */
    static final int TRAITS = 8;

    static final String CURRENCY = "GBP";

    static final int CATEGORIES = 20;
    private static final int ITEMS_PER_CATEGORY = ITEMS / CATEGORIES;
    /** Weights of an item's complements, closest first; sums to 1. */
    private static final double[] PARTNER_WEIGHTS = {0.4, 0.25, 0.15, 0.12, 0.08};

    private static final double SHARED_BY_CATEGORY = 0.8;
    private static final double OWN_TRAITS = 0.6;
    private static final double FROM_OWN_CATEGORY = 0.6;

    /** Categories after an item's own that its other complements are from. */
    private static final int RELATED_CATEGORIES = 3;

    /** Discount of a bundle. */
    private static final double LEAST_DISCOUNT = 0.08;

    private static final double MOST_DISCOUNT = 0.12;

    /** Cost of an item, as a share of its price. */
    private static final double LEAST_COST = 0.40;

    private static final double MOST_COST = 0.65;

    /** Share of the items whose stock is known, and what it is. */
    private static final double LIMITED_STOCK = 0.1;

    private static final long LEAST_STOCK = 100;
    private static final int STOCK_SPREAD = 900;

    /** Lowest price in minor units. */
    private static final long LEAST_PRICE = 10;

    /** How many times as dear as elsewhere goods are in a shop with durable ones. */
    private static final int CONSUMABLE_PRICES = 3;

    private static final int DURABLE_PRICES = 20;

    /** Prices of a shop with durable goods end in .95. */
    private static final long MINOR_PER_MAJOR = 100;

    private static final long PRICE_ENDING = 95;

    /** Shares of the bundles with two, three and four items. */
    private static final double[] SIZES = {0.5, 0.3, 0.2};

    /** Free demand for a durable good and for an accessory in a shop of sets, as a share of that of other items. */
    private static final double DURABLE_DEMAND = 0.25;

    private static final double ACCESSORY_DEMAND = 0.1;

    /** Items of a category of consumables that only a durable good calls for, in a shop of sets. */
    private static final int ACCESSORIES = 10;

    /** How many of the complements of a durable good are such accessories. */
    private static final int OWN_ACCESSORIES = 3;

    private static final long CATEGORY_SALT = 0x63617465L;
    private static final long ITEM_SALT = 0x6974656dL;
    private static final long PARTNER_SALT = 0x70617274L;
    private static final long BUNDLE_SALT = 0x62756e64L;

    /** Categories of durable goods, where there are any: for kitchen, light, rooms, to carry and to wear. */
    private static final Set<Integer> DURABLE = Set.of(0, 1, 2, 3, 6, 9, 10, 11, 17, 18);

    private final long createdAt;
    private final double[][] traits = new double[ITEMS][];
    private final double[] demand = new double[ITEMS];
    /** Demand for the first item of a bundle. */
    private final double[] anchorDemand;

    private final int[][] partners = new int[ITEMS][];
    private final List<Item> items = new ArrayList<>(ITEMS);
    private final int[][] members = new int[BUNDLES][];
    private final List<Bundle> bundles = new ArrayList<>(BUNDLES);
    private final Map<String, Integer> itemIndexes = new HashMap<>();
    private final Map<String, Integer> bundleIndexes = new HashMap<>();
    private final long usualBundlePrice;
    private final WorldVariant variant;

    /**
     * The catalogue of a seed in a world.
     *
     * @param createdAt time in the records, epoch milliseconds
     */
    SimulatedCatalog(long seed, long createdAt, WorldVariant variant) {
        this.createdAt = createdAt;
        this.variant = variant;
        drawDemand(seed, ShopStatistics.POPULARITY_SKEW);
        anchorDemand = demand.clone();
        if (variant.sets()) {
            lowerDemand();
        }
        for (int i = 0; i < ITEMS; i++) {
            items.add(item(i, new HashedDraws(seed, ITEM_SALT, i, 1)));
        }
        drawTraits(seed);
        for (int i = 0; i < ITEMS; i++) {
            partners[i] = drawPartners(i, new HashedDraws(seed, PARTNER_SALT, i));
        }
        drawBundles(seed);
        for (int i = 0; i < ITEMS; i++) {
            itemIndexes.put(itemId(i), i);
        }
        for (int b = 0; b < BUNDLES; b++) {
            bundleIndexes.put(bundles.get(b).getBundleId(), b);
        }
        long[] prices =
                bundles.stream().mapToLong(Bundle::getPriceMinor).sorted().toArray();
        usualBundlePrice = prices[prices.length / 2];
    }

    private void drawTraits(long seed) {
        for (int i = 0; i < ITEMS; i++) {
            long price = price(i);
            int cheaper = (int)
                    items.stream().filter(item -> item.getPriceMinor() < price).count();
            int group = variant.group(i, category(i), cheaper);
            double[] shared = new HashedDraws(seed, CATEGORY_SALT, group).gaussians(TRAITS);
            double[] own = new HashedDraws(seed, ITEM_SALT, i, 0).gaussians(TRAITS);
            traits[i] = new double[TRAITS];
            for (int t = 0; t < TRAITS; t++) {
                traits[i][t] = SHARED_BY_CATEGORY * shared[t] + OWN_TRAITS * own[t];
            }
        }
    }

    /** Zipf's law over a random order of the items; sums to 1. */
    private void drawDemand(long seed, double skew) {
        int[] order = IntStream.range(0, ITEMS)
                .boxed()
                .sorted(Comparator.comparingLong(i -> StableHash.combine(StableHash.combine(seed, ITEM_SALT), i)))
                .mapToInt(Integer::intValue)
                .toArray();
        double sum = 0;
        for (int rank = 0; rank < ITEMS; rank++) {
            demand[order[rank]] = Math.pow(rank + 1.0, -skew);
            sum += demand[order[rank]];
        }
        double all = sum;
        Arrays.setAll(demand, i -> demand[i] / all);
    }

    /** Durable goods are bought more seldom than others, and accessories seldom for themselves; still sums to 1. */
    private void lowerDemand() {
        for (int i = 0; i < ITEMS; i++) {
            demand[i] *= durable(i) ? DURABLE_DEMAND : accessory(i) ? ACCESSORY_DEMAND : 1;
        }
        double sum = DoubleStream.of(demand).sum();
        Arrays.setAll(demand, i -> demand[i] / sum);
    }

    private Item item(int i, HashedDraws draws) {
        double drawn = Math.exp(ShopStatistics.PRICE_LOG_MEAN + ShopStatistics.PRICE_LOG_SPREAD * draws.gaussian());
        long price = Math.max(LEAST_PRICE, Math.round(drawn));
        if (variant.durables()) {
            long dearer = price * (durable(i) ? DURABLE_PRICES : CONSUMABLE_PRICES);
            price = dearer / MINOR_PER_MAJOR * MINOR_PER_MAJOR + PRICE_ENDING;
        }
        return Item.newBuilder()
                .setItemId(Figures.text("item-%03d", i + 1))
                .setTitle(ProductNames.item(category(i), i % ITEMS_PER_CATEGORY))
                .setCategory(variant == WorldVariant.NO_CATEGORIES ? null : ProductNames.category(category(i)))
                .setPriceMinor(price)
                .setCurrency(CURRENCY)
                .setCostMinor(Math.round(price * draws.between(LEAST_COST, MOST_COST)))
                .setStock(draws.chance(LIMITED_STOCK) ? Long.valueOf(LEAST_STOCK + draws.below(STOCK_SPREAD)) : null)
                .setUpdatedAt(createdAt)
                .build();
    }

    private int[] drawPartners(int item, HashedDraws draws) {
        double[] weights = new double[ITEMS];
        int[] drawn = new int[PARTNER_WEIGHTS.length];
        for (int p = 0; p < drawn.length; p++) {
            int from = partnerCategory(item, draws);
            boolean accessories = variant.sets() && durable(item) && p < OWN_ACCESSORIES;
            Arrays.fill(weights, 0);
            for (int i = 0; i < ITEMS; i++) {
                boolean fits = category(i) == from && i != item && (!accessories || accessory(i));
                weights[i] = fits ? demand[i] : 0;
            }
            for (int before = 0; before < p; before++) {
                weights[drawn[before]] = 0;
            }
            drawn[p] = draws.weighted(weights);
        }
        return drawn;
    }

    private int partnerCategory(int item, HashedDraws draws) {
        if (variant.sets() && durable(item)) {
            return consumables(category(item));
        }
        if (draws.chance(FROM_OWN_CATEGORY)) {
            return category(item);
        }
        int related = (category(item) + 1 + draws.below(RELATED_CATEGORIES)) % CATEGORIES;
        return variant.sets() ? consumables(related) : related;
    }

    /** The first category of consumables from a category on. */
    private static int consumables(int category) {
        int found = category;
        while (DURABLE.contains(found)) {
            found = (found + 1) % CATEGORIES;
        }
        return found;
    }

    private void drawBundles(long seed) {
        Set<List<Integer>> known = new HashSet<>();
        for (int attempt = 0; bundles.size() < BUNDLES; attempt++) {
            HashedDraws draws = new HashedDraws(seed, BUNDLE_SALT, attempt);
            int[] chosen = drawMembers(draws);
            if (known.add(IntStream.of(chosen).sorted().boxed().toList())) {
                members[bundles.size()] = chosen;
                bundles.add(bundle(bundles.size(), chosen, draws));
            }
        }
    }

    private int[] drawMembers(HashedDraws draws) {
        int[] chosen = new int[2 + draws.weighted(SIZES)];
        Arrays.fill(chosen, -1);
        chosen[0] = draws.weighted(anchorDemand);
        for (int m = 1; m < chosen.length; ) {
            int[] near = partners[chosen[draws.below(m)]];
            int candidate = near[draws.weighted(PARTNER_WEIGHTS)];
            if (!contains(chosen, candidate)) {
                chosen[m++] = candidate;
            }
        }
        return chosen;
    }

    private Bundle bundle(int number, int[] chosen, HashedDraws draws) {
        BundleDraft draft = new BundleDraft();
        List<BundleMember> named = new ArrayList<>(chosen.length);
        List<String> titles = new ArrayList<>(chosen.length);
        for (int member : chosen) {
            Item item = items.get(member);
            draft.add(CatalogMapper.ITEMS.toDomain(item), 1);
            titles.add(item.getTitle());
            named.add(BundleMember.newBuilder().setItemId(item.getItemId()).build());
        }
        long listPrice = draft.listPriceMinor(CURRENCY);
        long price = Math.round(listPrice * (1 - draws.between(LEAST_DISCOUNT, MOST_DISCOUNT)));
        return Bundle.newBuilder()
                .setBundleId(Figures.text("bundle-%03d", number + 1))
                .setTitle(String.join(" + ", titles))
                .setMembers(named)
                .setPriceMinor(price)
                .setListPriceMinor(listPrice)
                .setCurrency(CURRENCY)
                .setMarginMinor(draft.marginMinor(price, CURRENCY))
                .setOrigin(variant == WorldVariant.DURABLES_MINED ? BundleOrigin.MINED : BundleOrigin.CURATED)
                .setCreatedAt(createdAt)
                .build();
    }

    /** How its world differs from the standard one. */
    WorldVariant variant() {
        return variant;
    }

    static int category(int item) {
        return item / ITEMS_PER_CATEGORY;
    }

    /** Whether an item is bought once: who has it needs no other. */
    boolean durable(int item) {
        return variant.durables() && DURABLE.contains(category(item));
    }

    /** Whether an item is bought for a durable good, and hardly for itself. */
    boolean accessory(int item) {
        return variant.sets() && !durable(item) && item % ITEMS_PER_CATEGORY < ACCESSORIES;
    }

    /** The items that who has an item needs no more: none, itself, or all durable goods of its category. */
    IntStream replaced(int had) {
        if (!durable(had)) {
            return IntStream.empty();
        }
        int first = category(had) * ITEMS_PER_CATEGORY;
        return variant.sets() ? IntStream.range(first, first + ITEMS_PER_CATEGORY) : IntStream.of(had);
    }

    /** Whether who has an item needs another one no more. */
    boolean replaces(int had, int other) {
        return replaced(had).anyMatch(each -> each == other);
    }

    static boolean contains(int[] items, int item) {
        return IntStream.of(items).anyMatch(each -> each == item);
    }

    /** Time in the records, epoch milliseconds. */
    long createdAt() {
        return createdAt;
    }

    /** The items as published. */
    List<Item> items() {
        return items;
    }

    /** The bundles as published. */
    List<Bundle> bundles() {
        return bundles;
    }

    /** Index of a bundle, or -1 if it is not one of the shop's. */
    int bundleIndex(String bundleId) {
        return bundleIndexes.getOrDefault(bundleId, -1);
    }

    /** Index of an item of the shop. */
    int itemIndex(String itemId) {
        return itemIndexes.get(itemId);
    }

    /** Items of a bundle. Must not be modified. */
    int[] members(int bundle) {
        return members[bundle];
    }

    /** A bundle as it is offered without further discounts. */
    ShownSlate.Position position(int bundle) {
        return new ShownSlate.Position(bundle, members[bundle], bundlePrice(bundle));
    }

    String itemId(int item) {
        return items.get(item).getItemId();
    }

    long price(int item) {
        return items.get(item).getPriceMinor();
    }

    long cost(int item) {
        return items.get(item).getCostMinor();
    }

    /** Share of what the items cost one by one that a price saves. */
    double discount(ShownSlate.Position offered) {
        long listPrice = IntStream.of(offered.members()).mapToLong(this::price).sum();
        return 1 - offered.priceMinor() / (double) listPrice;
    }

    /** Price of a bundle in minor units without further discounts. */
    long bundlePrice(int bundle) {
        return bundles.get(bundle).getPriceMinor();
    }

    /** Median price of the bundles in minor units. */
    long usualBundlePrice() {
        return usualBundlePrice;
    }

    /** Hidden traits of an item. */
    double[] traits(int item) {
        return traits[item];
    }

    /** Demand for an item apart from preference; sums to 1 over all items. */
    double demand(int item) {
        return demand[item];
    }

    /** Mean over items of the logarithm of their demand, 0 if all items are in equal demand. */
    double logDemand(int[] of) {
        double sum = 0;
        for (int item : of) {
            sum += Math.log(demand[item] * ITEMS) / of.length;
        }
        return sum;
    }

    /** Adds an item's complements to the weights, 1 in all. */
    void addPartners(int item, double[] weights) {
        for (int p = 0; p < PARTNER_WEIGHTS.length; p++) {
            weights[partners[item][p]] += PARTNER_WEIGHTS[p];
        }
    }

    /** Whether one of two items complements the other. */
    boolean goTogether(int item, int other) {
        return contains(partners[item], other) || contains(partners[other], item);
    }

    /** Names of the simulated shop's categories and items; nothing else depends on them. */
    static final class ProductNames {
        /** Per category: its name, what distinguishes its items, and what they are. */
        private static final List<String> CATEGORIES = """
            Kitchen|Enamel,Bamboo,Stoneware|Colander,Chopping Board,Storage Jar,Serving Bowl,Utensil Holder,Mixing Jug,Spoon Rest,Bread Bin,Trivet
            Baking|Copper,Vintage,Spotted|Cake Tin,Whisk,Rolling Pin,Cookie Cutters,Icing Set,Muffin Tray,Cake Stand,Pastry Brush,Sieve
            Tea and Coffee|Porcelain,Regency,Glass|Teapot,Teacup and Saucer,Coffee Press,Sugar Bowl,Milk Jug,Tea Caddy,Mug,Biscuit Plate,Tea Infuser
            Picnic|Gingham,Striped,Tin|Hamper,Flask,Cool Bag,Blanket,Lunch Box,Bottle,Cutlery Set,Tumbler,Corkscrew
            Garden|Zinc,Terracotta,Woven|Plant Pot,Watering Can,Herb Planter,Bird Feeder,Hanging Basket,Trug,Garden Lantern,Trellis,Seed Box
            Flowers|Silk,Dried,Potted|Rose,Lavender Bunch,Orchid,Wreath,Posy,Fern,Tulips,Eucalyptus,Garland
            Lighting|Brass,Paper,Moroccan|Lantern,Table Lamp,Fairy Lights,Night Light,Lampshade,Chandelier,Torch,Light Chain,Wall Lamp
            Candles|Honey,Cedar,Fig|Pillar Candle,Tealights,Reed Diffuser,Candle Holder,Wax Melts,Room Spray,Incense,Scented Jar,Snuffer
            Bath|Lavender,Oatmeal,Sea Salt|Soap,Bath Salts,Hand Cream,Body Scrub,Bath Mat,Face Cloth,Shower Gel,Soap Dish,Wash Bag
            Bedroom|Linen,Quilted,Knitted|Cushion,Throw,Pillowcase,Bed Runner,Eye Mask,Hot Water Bottle,Slippers,Duvet Cover,Dressing Gown
            Storage|Wicker,Canvas,Retro|Basket,Shelf Box,Drawer Tidy,Laundry Bag,Magazine Rack,Hook Rail,Hat Box,Jewellery Case,Shoe Rack
            Decoration|Driftwood,Mirrored,Painted|Picture Frame,Vase,Clock,Door Stop,Heart,Letter,Mirror,Bookend,Coaster
            Stationery|Floral,Marbled,Kraft|Notebook,Writing Set,Pencil Case,Greeting Cards,Desk Diary,Washi Tape,Ring Binder,Fountain Pen,Ink
            Gift Wrap|Glitter,Dotted,Festive|Wrapping Paper,Ribbon Reel,Gift Bag,Gift Tags,Tissue Paper,Bow,Gift Box,Sealing Wax,Twine
            Crafts|Felt,Beaded,Woollen|Sewing Kit,Knitting Yarn,Button Jar,Embroidery Hoop,Needle Case,Pin Cushion,Stamp Set,Paint Box,Glue Gun
            Party|Golden,Rainbow,Pastel|Bunting,Napkins,Plates,Balloons,Cups,Straws,Table Confetti,Invitations,Cake Toppers
            Toys|Wooden,Wind-up,Pocket|Train,Building Blocks,Puzzle,Skittles,Spinning Top,Doll House,Farm Animals,Kite,Skipping Rope
            Bags|Leather,Jute,Velvet|Shopper,Purse,Backpack,Clutch,Tote,Sponge Bag,Key Ring,Luggage Tag,Umbrella
            Jewellery|Silver,Pearl,Amber|Necklace,Bracelet,Earrings,Ring,Brooch,Anklet,Hair Slide,Charm,Cufflinks
            Pets|Tartan,Ceramic,Plaid|Pet Bowl,Pet Bed,Pet Blanket,Treat Jar,Lead,Collar,Chew Toy,Travel Mat,Grooming Brush
            """.lines().toList();

        private ProductNames() {}

        /** Returns the name of a category, 0 to 19. */
        static String category(int category) {
            return part(category, 0);
        }

        /** Returns the name of the n-th item of a category; different for each n from 0 to 26. */
        static String item(int category, int n) {
            List<String> things = List.of(part(category, 2).split(",", -1));
            List<String> kinds = List.of(part(category, 1).split(",", -1));
            return kinds.get(n / things.size()) + " " + things.get(n % things.size());
        }

        private static String part(int category, int part) {
            return List.of(CATEGORIES.get(category).split("\\|", -1)).get(part);
        }
    }
}
