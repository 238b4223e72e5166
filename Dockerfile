# The image of the service: Node, the production dependencies, the sources (Node runs them as they are), and
# the built page. It has no compiler and no development dependency. Its user may write only to the data folder
# and the compile cache.

# The Node of the tests (package-lock.json), to the patch version. `scripts/pin-image.sh` adds the digest that this
# tag has in the registry, so that later builds use the same bytes.
ARG NODE_IMAGE=node:26.10.0-slim

# This stage builds the page, which needs the development dependencies. No dependency needs its install
# script.
FROM ${NODE_IMAGE} AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY vite.config.ts tsconfig.json ./
COPY scripts scripts
COPY src src
COPY web web
RUN node node_modules/vite/bin/vite.js build --logLevel warn

FROM ${NODE_IMAGE} AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM ${NODE_IMAGE}
WORKDIR /app
ENV NODE_ENV=production \
    DATA_DIR=/data \
    NODE_COMPILE_CACHE=/var/cache/gapless
RUN groupadd --system --gid 10001 gapless \
 && useradd --system --uid 10001 --gid gapless --no-create-home --shell /usr/sbin/nologin gapless \
 && mkdir -p /data /var/cache/gapless \
 && chown gapless:gapless /data /var/cache/gapless
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY src src
COPY --from=page /app/dist/web dist/web
# By number, so that a platform can see that it is not root.
USER 10001:10001
# Starts the service once and stops it, so that the compile cache is in the image and a cold start need not
# compile. This also proves, at build time, that the service starts with these files and that SIGTERM ends it
# with 0. It must run as the user of the image and with the flags of its command, because the cache depends on
# both.
RUN PORT=0 DATA_DIR=/tmp/first-start node --optimize-for-size src/main.ts >/tmp/said & service=$!; \
    until grep -q . /tmp/said; do kill -0 $service || exit 1; sleep 0.1; done; \
    kill $service && wait $service && rm -r /tmp/said /tmp/first-start
EXPOSE 8080
# In this form no shell is involved: Node is process 1 and gets SIGTERM itself.
CMD ["node", "--optimize-for-size", "src/main.ts"]
