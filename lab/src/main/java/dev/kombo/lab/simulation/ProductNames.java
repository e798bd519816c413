package dev.kombo.lab.simulation;

import java.util.List;

/** Names of the simulated shop's categories and items; nothing else depends on them. */
final class ProductNames {
    /** Per category: its name, what distinguishes its items, and what they are. */
    private static final List<String> CATEGORIES =
            """
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
            Bags|Leather,Jute,Velvet|SimulatedShopper,Purse,Backpack,Clutch,Tote,Sponge Bag,Key Ring,Luggage Tag,Umbrella
            Jewellery|Silver,Pearl,Amber|Necklace,Bracelet,Earrings,Ring,Brooch,Anklet,Hair Slide,Charm,Cufflinks
            Pets|Tartan,Ceramic,Plaid|Pet Bowl,Pet Bed,Pet Blanket,Treat Jar,Lead,Collar,Chew Toy,Travel Mat,Grooming Brush
            """
                    .lines()
                    .toList();

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
