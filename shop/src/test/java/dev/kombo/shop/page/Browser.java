package dev.kombo.shop.page;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.NoAlertPresentException;
import org.openqa.selenium.WebDriver;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import org.openqa.selenium.support.ui.WebDriverWait;

/** Chromium without a window, looking at the operators' page. */
final class Browser implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Folder for pictures of the pages that are looked at; without it none are taken. */
    private static final String PICTURES = "kombo.page.pictures";

    private static final String AXE = axe();
    /** It warns that it does not know the newest browsers' own protocol, of which only what is stable is used here. */
    private static final Logger SELENIUM = Logger.getLogger("org.openqa.selenium");

    static {
        SELENIUM.setLevel(Level.SEVERE);
    }

    private final ChromeDriver driver;
    private String address = "";
    private int width;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /** The browser of the system with its driver, such as Debian's packages chromium and chromium-driver. */
    private static Optional<Path> installed(String program) {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Skips the test where there is no browser. */
    static void assumeInstalled() {
        assumeTrue(
                installed("chromium").isPresent() && installed("chromedriver").isPresent(),
                "skipped: needs Chromium with its driver, such as Debian's packages chromium and chromium-driver");
    }

    static Browser start() {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(installed("chromium").orElseThrow().toFile());
        // Chromium's own sandbox needs a user that is not root; the page is our own.
        options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(installed("chromedriver").orElseThrow().toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options));
    }

    /** Opens a window for a site in the place of the one before, and forgets what that site has stored. */
    void openWindow(String site) {
        if (!alert().isEmpty()) {
            driver.switchTo().alert().dismiss();
        }
        String before = driver.getWindowHandle();
        String opened = driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
        driver.switchTo().window(before).close();
        driver.switchTo().window(opened);
        complaints();
        driver.executeCdpCommand("Storage.clearDataForOrigin", Map.of("origin", site, "storageTypes", "all"));
        address = site;
        show(1280, "light");
    }

    /** Makes the window so wide, in pixels, and the scheme of colours light or dark. */
    void show(int pixels, String scheme) {
        width = pixels;
        size(900);
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private void size(long height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Goes to a page, such as #/bundles. */
    void visit(String page) {
        driver.get(address + "/" + page);
    }

    /** Waits for an element that is shown. */
    WebElement await(String selector) {
        return await(selector, "");
    }

    /** Waits for an element that is shown and has a text in it. */
    WebElement await(String selector, String text) {
        return new WebDriverWait(driver, PATIENCE)
                .withMessage(() -> "no " + selector + " with \"" + text + "\" in:\n"
                        + driver.findElement(By.tagName("body")).getText())
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(any -> all(selector).stream()
                        .filter(element -> element.isDisplayed()
                                && element.getDomProperty("textContent").contains(text))
                        .findFirst()
                        .orElse(null));
    }

    /** Clicks on an element once it is shown, also where it is drawn anew meanwhile. */
    void click(String selector, String text) {
        until("clicked on " + text, () -> {
            await(selector, text).click();
            return true;
        });
    }

    /** Waits until something holds. */
    void until(String what, Condition condition) {
        new WebDriverWait(driver, PATIENCE)
                .withMessage(what)
                .ignoring(org.openqa.selenium.StaleElementReferenceException.class)
                .until(any -> condition.holds());
    }

    /** What is waited for. */
    @FunctionalInterface
    interface Condition {
        boolean holds();
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    String text(String selector) {
        return driver.findElement(By.cssSelector(selector)).getText();
    }

    /** What a dialogue of the browser asks; empty where there is none. */
    String alert() {
        try {
            return driver.switchTo().alert().getText();
        } catch (NoAlertPresentException none) {
            return "";
        }
    }

    WebDriver driver() {
        return driver;
    }

    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(String.join("", keys)).perform();
    }

    void tab() {
        press(Keys.TAB);
    }

    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    /** Number that a script of the page comes to. */
    long number(String script) {
        return ((Number) driver.executeScript("return " + script)).longValue();
    }

    /** Rules of accessibility (WCAG 2 A and AA, and axe's best practices) that the page breaks, and where. */
    List<String> violations() {
        return violations("{}");
    }

    /** Those of the rules that look at colours, the only ones to which the scheme of colours matters. */
    List<String> violationsOfColors() {
        return violations("{runOnly: ['color-contrast', 'link-in-text-block']}");
    }

    private List<String> violations(String options) {
        if (Boolean.FALSE.equals(driver.executeScript("return 'axe' in window"))) {
            driver.executeScript(AXE);
        }
        Object found = driver.executeAsyncScript("const done = arguments[0];"
                + "axe.run(" + options + ").then((results) => done(results.violations.flatMap((rule) =>"
                + " rule.nodes.map((node) => `${rule.id}: ${rule.help}: ${node.html}`))), (e) => done([String(e)]));");
        return ((List<?>) found).stream().map(Object::toString).toList();
    }

    private static String axe() {
        try (InputStream script = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the browser complains of, such as scripts that the policy refuses; without responses other than success. */
    List<String> complaints() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(LogEntry::getMessage)
                .filter(message -> !message.contains("the server responded with a status of"))
                .toList();
    }

    /** Takes a picture of the whole page where somebody wants pictures. */
    void picture(String name) throws IOException {
        String folder = System.getProperty(PICTURES, "");
        if (folder.isEmpty()) {
            return;
        }
        size(Math.min(number("document.documentElement.scrollHeight"), 2400));
        until("drawn", () -> number("document.querySelectorAll('.plot:empty').length") == 0);
        Object data = driver.executeCdpCommand("Page.captureScreenshot", Map.of("format", "png"))
                .get("data");
        Files.createDirectories(Path.of(folder));
        Files.write(Path.of(folder, name + ".png"), Base64.getDecoder().decode((String) data));
        size(900);
    }

    @Override
    public void close() {
        driver.quit();
    }
}
