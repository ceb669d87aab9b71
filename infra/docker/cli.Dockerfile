# docker build -f infra/docker/cli.Dockerfile -t agentrec-cli .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish Cli/Cli.csproj -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
# LightGBM's trees, with which the ranking model is trained, need OpenMP.
RUN apt-get update && apt-get install -y --no-install-recommends libgomp1 && rm -rf /var/lib/apt/lists/*
RUN install -d -o $APP_UID -g $APP_UID /models /work
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1 AGENTREC_Store__ModelDirectory=/models
COPY --from=build /app /app
# What commands write without a full path lands here.
WORKDIR /work
USER $APP_UID
ENTRYPOINT ["dotnet", "/app/agentrec.dll"]
