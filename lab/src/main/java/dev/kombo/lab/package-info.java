/** Never shipped to production: embedded broker and registry, simulated shop, replays. */
package dev.kombo.lab;
