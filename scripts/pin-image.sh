#!/bin/sh
# Pins the base image of the Dockerfile by digest: asks the registry which digest the tag has, and writes it behind
# the tag. Run it whenever the version of Node changes. It needs Docker with buildx, and a registry in reach.
set -eu
cd "$(dirname "$0")/.."

image=$(sed -n 's/^ARG NODE_IMAGE=\([^@]*\).*/\1/p' Dockerfile)
digest=$(docker buildx imagetools inspect "$image" --format '{{json .Manifest.Digest}}' | tr -d '"')
case $digest in
  sha256:*) ;;
  *)
    echo "The registry gave no digest for $image." >&2
    exit 1
    ;;
esac
sed -i "s|^ARG NODE_IMAGE=.*|ARG NODE_IMAGE=$image@$digest|" Dockerfile
echo "The image is pinned: $image@$digest"
