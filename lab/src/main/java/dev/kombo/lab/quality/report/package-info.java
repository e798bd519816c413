/** What an evaluation came to, and how it is shown: in a terminal, as JSON, and as a page with pictures. */
package dev.kombo.lab.quality.report;
