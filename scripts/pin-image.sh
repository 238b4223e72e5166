#!/bin/sh
# Pins the base image of the Dockerfile by digest: it asks the registry for the digest of the tag, and writes
# it after the tag. Run it whenever the version of Node changes. It needs Docker with buildx, and access to a
# registry.
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
