# docker build -f infra/docker/silo.Dockerfile -t agentrec-silo .
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.nuget/packages dotnet publish Silo/Silo.csproj -c Release -o /app

FROM mcr.microsoft.com/dotnet/aspnet:10.0
ENV DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1
# Models from the database are unpacked here.
RUN install -d -o $APP_UID -g $APP_UID /models
ENV AGENTREC_Store__Provider=postgresql AGENTREC_Store__ModelDirectory=/models
WORKDIR /app
COPY --from=build /app .
USER $APP_UID
EXPOSE 5090 11111 30000
ENTRYPOINT ["dotnet", "AgentRec.Silo.dll", "--urls", "http://0.0.0.0:5090"]
