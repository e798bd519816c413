package dev.kombo.lab.shop;

import java.util.List;
import java.util.Locale;

/** A department of the simulated shop: its words, its prices, and the departments that go with it. */
enum ShopCategory {
    KITCHEN(
            "Kitchen",
            1499,
            "Enamel,Bamboo,Stoneware",
            "Colander,Chopping Board,Storage Jar,Serving Bowl,Utensil Holder,Mixing Jug,Spoon Rest,Bread Bin,Trivet"),
    BAKING(
            "Baking",
            899,
            "Copper,Vintage,Spotted",
            "Cake Tin,Whisk,Rolling Pin,Cookie Cutters,Icing Set,Muffin Tray,Cake Stand,Pastry Brush,Sieve"),
    TEA(
            "Tea and Coffee",
            1199,
            "Porcelain,Regency,Glass",
            "Teapot,Teacup and Saucer,Coffee Press,Sugar Bowl,Milk Jug,Tea Caddy,Mug,Biscuit Plate,Tea Infuser"),
    GARDEN(
            "Garden",
            1799,
            "Zinc,Terracotta,Woven",
            "Plant Pot,Watering Can,Herb Planter,Bird Feeder,Hanging Basket,Trug,Lantern,Trellis,Seed Box"),
    STATIONERY(
            "Stationery",
            499,
            "Floral,Marbled,Kraft",
            "Notebook,Writing Set,Gift Wrap,Ribbon Reel,Pencil Case,Greeting Cards,Desk Diary,Washi Tape,Ring Binder"),
    CANDLES(
            "Candles",
            999,
            "Rose,Cedar,Fig",
            "Pillar Candle,Tealights,Reed Diffuser,Candle Holder,Wax Melts,Room Spray,Incense,Scented Jar,Snuffer"),
    BATH(
            "Bath",
            799,
            "Lavender,Oatmeal,Sea Salt",
            "Soap,Bath Salts,Hand Cream,Body Scrub,Bath Mat,Face Cloth,Shower Gel,Soap Dish,Wash Bag"),
    BEDROOM(
            "Bedroom",
            2999,
            "Linen,Quilted,Knitted",
            "Cushion,Throw,Pillowcase,Bed Runner,Eye Mask,Hot Water Bottle,Slippers,Duvet Cover,Dressing Gown"),
    TOYS(
            "Toys",
            1099,
            "Wooden,Painted,Pocket",
            "Train,Building Blocks,Puzzle,Skittles,Spinning Top,Doll House,Farm Animals,Kite,Skipping Rope"),
    PARTY(
            "Party",
            599,
            "Paper,Golden,Rainbow",
            "Bunting,Napkins,Plates,Balloons,Cups,Straws,Table Confetti,Invitations,Cake Toppers"),
    STORAGE(
            "Storage",
            1999,
            "Wicker,Canvas,Retro",
            "Basket,Shelf Box,Drawer Tidy,Laundry Bag,Magazine Rack,Hook Rail,Lunch Box,Hat Box,Jewellery Case"),
    PETS(
            "Pets",
            1399,
            "Tartan,Ceramic,Plaid",
            "Pet Bowl,Pet Bed,Pet Blanket,Treat Jar,Lead,Collar,Chew Toy,Travel Mat,Grooming Brush");

    private static final int RELATED = 3;

    private final String title;
    private final long medianPriceMinor;
    private final String qualifiers;
    private final String nouns;

    ShopCategory(String title, long medianPriceMinor, String qualifiers, String nouns) {
        this.title = title;
        this.medianPriceMinor = medianPriceMinor;
        this.qualifiers = qualifiers;
        this.nouns = nouns;
    }

    String title() {
        return title;
    }

    /** Median price of its items in minor units. */
    long medianPriceMinor() {
        return medianPriceMinor;
    }

    /** Title of its n-th item; different for each n below the number of qualifiers times nouns. */
    String itemTitle(int n) {
        List<String> things = words(nouns);
        return words(qualifiers).get(n / things.size()) + " " + things.get(n % things.size());
    }

    private static List<String> words(String list) {
        return List.of(list.split(",", -1));
    }

    /** Id of its n-th item, such as kitchen-07. */
    String itemId(int n) {
        return String.format(Locale.ROOT, "%s-%02d", name().toLowerCase(Locale.ROOT), n + 1);
    }

    /** One of the categories that go with this one: its neighbours in the order of declaration. */
    ShopCategory related(int n) {
        ShopCategory[] all = values();
        return all[(ordinal() + 1 + Math.floorMod(n, RELATED)) % all.length];
    }
}
