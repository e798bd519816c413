/** Shows the OpenAPI document in Swagger UI, with the token of whoever has signed in to the operators' page. */

import { token } from "./api.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const colour = () => document.documentElement.classList.toggle("dark-mode", dark.matches);
dark.addEventListener("change", colour);
colour();

const viewer = window.SwaggerUIBundle({
  url: "openapi.json",
  domNode: document.getElementById("viewer"),
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  onComplete: () => {
    if (token() !== null) {
      viewer.preauthorizeApiKey("token", token());
    }
  },
});
