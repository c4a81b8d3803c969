# Builds with everything, runs with production dependencies alone. Budget: 520 MB unpacked, most of it node_modules (467 measured by test/slow/packaging.test.ts).
FROM node:20.20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json tsconfig.build.json prisma.config.ts build.mjs ./
COPY prisma ./prisma
COPY src ./src
# Without devDependencies in package.json, npm also lets go of what they alone brought as somebody's optional peer (Prisma's CLI: 250 MB).
RUN npm run build && npm pkg delete devDependencies && npm prune --ignore-scripts

FROM node:20.20-bookworm-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
COPY --from=build /app/package.json ./
COPY --from=build /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY --from=build /app/prisma ./prisma
# The root file system may be read-only: only /data is written, and only by the embedded database.
RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.PORT + '/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "--enable-source-maps", "dist/main.js"]
