# The image of the service: Node, production dependencies, the sources that Node runs as they are, and the built page. No compiler, no
# development dependency, and a user who may write nowhere but into the data folder and the compile cache.

# The page, which needs the development dependencies. Install scripts are left out: nothing here has one that it needs.
FROM node:26-slim AS page
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY vite.config.ts tsconfig.json ./
COPY scripts scripts
COPY src src
COPY web web
RUN node node_modules/vite/bin/vite.js build --logLevel warn

FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:26-slim
WORKDIR /app
ENV NODE_ENV=production \
    DATA_DIR=/data \
    NODE_COMPILE_CACHE=/var/cache/gapless
RUN groupadd --system gapless \
 && useradd --system --gid gapless --no-create-home --shell /usr/sbin/nologin gapless \
 && mkdir -p /data /var/cache/gapless \
 && chown gapless:gapless /data /var/cache/gapless
COPY --from=dependencies /app/node_modules node_modules
COPY package.json LICENSE ./
COPY src src
COPY --from=page /app/dist/web dist/web
USER gapless
# Starts once and is told to stop, so that the compile cache is in the image and a cold start finds everything stripped and compiled. It also
# shows, at build time, that the service starts with what is here and that SIGTERM ends it with 0. As the user of the image and with the flags of its command: the
# cache is kept by both.
RUN PORT=0 DATA_DIR=/tmp/first-start node --optimize-for-size src/main.ts >/tmp/said & service=$!; \
    until grep -q . /tmp/said; do kill -0 $service || exit 1; sleep 0.1; done; \
    kill $service && wait $service && rm -r /tmp/said /tmp/first-start
EXPOSE 8080
# As an array: Node is process 1 and gets SIGTERM itself.
CMD ["node", "--optimize-for-size", "src/main.ts"]
