/**
 * The command lines of demo, try, shop, replay, plan, calibrate and simulate: options, printed tables and JSON, and the
 * broker and service that some of them start in this process. What they compute is in the other packages.
 */
package dev.kombo.shop.command;
