package dev.kombo.shop.data;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Says of orders by their status, and of lines by their kind, why they are not what a customer bought: by the words
 * that shop systems use in English, German, French, Spanish and Italian. What is not known here counts as bought.
 */
final class OrderStatus {
    private static final Pattern IN_PART = Pattern.compile("\\bpart(ly|ial\\w*|iel\\w*)?\\b|teilweise|par[cz]ial");

    private static final Map<String, Pattern> ORDERS = patterns("""
            cancelled: cancel|storn|annul|abgebrochen
            voided: void
            failed: fail|error|erreur|fehlgeschlagen|fehler|declin|denied|rejected|abgelehnt|fallido
            refunded: refund|erstattet|rembours|reembols|rimbors|chargeback|^closed$
            pending: ^pending$|pending.?(payment|paypal)|payment.?(pending|review\\b)|await.*(payment|check|cheque|bank|wire|cash|paypal|validation)\
            |zahlung ausstehend|^ausstehend$|en attente d|^unpaid$|unconfirmed|on backorder \\(not paid\\)
            draft: draft|entwurf|trash|^auto
            expired: expired|abgelaufen
            fraud: fraud
            """);

    private static final Map<String, Pattern> TYPES = patterns("""
            shipping: ^shipping|^versand|^delivery|^livraison
            refund: ^refund
            fee: ^fee|surcharge|zuschlag|^tax
            coupon: coupon|^promotion|^discount|^rabatt|^credit
            gift-card: gift.?card|gift.?certificate|gift.?voucher
            tip: ^tip
            """);

    /** Only what no shop sells under this name: a coupon may be a product's. */
    private static final Map<String, Pattern> TITLES = patterns("""
            gift-card: \\bgift ?(card|certificate|voucher)s?\\b(?! (holder|box|envelope|sleeve|wallet))|geschenkgutschein\
            |geschenkkarte|carte cadeau|tarjeta (de )?regalo|buono regalo
            tip: ^(tips?|trinkgeld|gratuity|pourboire)$
            shipping: ^((standard|express) ?)?(shipping|versand|versandkosten)( ?pauschale)?$|^(frais de port|porto|lieferkosten)$\
            |^(shipping|route|package) (protection|insurance)
            """);

    private OrderStatus() {}

    private static Map<String, Pattern> patterns(String lines) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        lines.lines().forEach(line -> {
            int colon = line.indexOf(": ");
            patterns.put(line.substring(0, colon), Pattern.compile(line.substring(colon + 2)));
        });
        return patterns;
    }

    /** Returns why an order with a status is left out; null if it counts. */
    static String leftOut(String status) {
        String word = word(status);
        return IN_PART.matcher(word).find() ? null : first(ORDERS, word);
    }

    /**
     * Returns why a line is no product, by its type or else its title, either of which may be empty; null if it is one.
     */
    static String noProduct(String type, String title) {
        String byType = first(TYPES, word(type));
        return byType != null ? byType : first(TITLES, word(title));
    }

    private static String word(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT).replace('_', ' ').replace('-', ' ');
        return word.startsWith("wc ") ? word.substring("wc ".length()) : word;
    }

    private static String first(Map<String, Pattern> patterns, String word) {
        return patterns.entrySet().stream()
                .filter(entry -> entry.getValue().matcher(word).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(null);
    }
}
